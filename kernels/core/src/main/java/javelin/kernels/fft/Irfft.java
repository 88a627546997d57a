package javelin.kernels.fft;

import javelin.kernels.Kernel;

/// Real numbers from half a spectrum: `x[j] = scale · Σ_k c[k] · Re(y[k] · e^(2πi·jk/n))`, `k = 0 …
/// ⌊n/2⌋`, from `y […, ⌊n/2⌋+1, …, 2]` to `x […, n, …]`.
///
/// `c[k]` is `inner` where `k` and `n − k` differ, else 1; so the imaginary parts of `y[0]` and,
/// for even `n`, of `y[n/2]` do not count. With the same parameters [Rfft] is its adjoint.
///
/// @param axis transformed axis of the output, from the front
/// @param inner weight of the frequencies that stand for two; 2 inverts the usual transform
public record Irfft(int axis, double scale, double inner) implements Kernel {}
