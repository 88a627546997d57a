/// Numerical routines on raw memory: the closed set of kernels, the backends that compute them, and
/// the memory they work on. Knows no tensor and no gradient.
package javelin.kernels;
