/// Fourier single-pixel imaging: pictures from the numbers of a detector.
@org.jspecify.annotations.NullMarked
package javelin.bench.spi;
