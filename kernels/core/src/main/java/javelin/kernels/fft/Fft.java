package javelin.kernels.fft;

import javelin.kernels.Kernel;

/// Complex transform `y[k] = scale · Σ_j x[j] · e^(∓2πi·jk/n)` along some axes; minus is forward.
///
/// Input and output have one shape `[…, 2]`: the innermost axis holds real and imaginary part. The
/// transform of the other sign with the same scale is its adjoint, seen as a map of real numbers.
///
/// @param axes transformed axes as a set of bits, never the innermost one; at least one
/// @param inverse whether the exponent is positive
public record Fft(int axes, boolean inverse, double scale) implements Kernel {}
