/// Fourier transforms.
@org.jspecify.annotations.NullMarked
package javelin.bench.fft;
