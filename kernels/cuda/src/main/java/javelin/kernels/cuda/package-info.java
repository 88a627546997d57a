/// Plumbing between [javelin.kernels.gpu] and NVIDIA's driver, and the kernels as PTX.
package javelin.kernels.cuda;
