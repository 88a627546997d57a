/// What the backends on graphics processors share: portable sources, launches, memory. An artifact
/// per driver adds a [javelin.kernels.gpu.Device] and nothing else.
package javelin.kernels.gpu;
