/// First values of parameters.
package javelin.nn.init;
