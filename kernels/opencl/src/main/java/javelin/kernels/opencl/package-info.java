/// Plumbing between [javelin.kernels.gpu] and the OpenCL driver.
package javelin.kernels.opencl;
