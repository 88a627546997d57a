/// The [javelin.nn.Module] that all layers and networks extend.
package javelin.nn;
