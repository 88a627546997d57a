/// Checks of gradients against finite differences, for the ops here and for those of users.
package javelin.tensor.check;
