/// Well-known networks. Each is described by a configuration that holds every width, so that a
/// network with some channels cut is described as well as the published one.
package javelin.nn.zoo;
