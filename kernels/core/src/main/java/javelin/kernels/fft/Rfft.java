package javelin.kernels.fft;

import javelin.kernels.Kernel;

/// First half of the transform of real numbers: `y[k] = scale · c[k] · Σ_j x[j] · e^(−2πi·jk/n)`
/// for `k = 0 … ⌊n/2⌋`, from `x […, n, …]` to `y […, ⌊n/2⌋+1, …, 2]`.
///
/// `c[k]` is `inner` where `k` and `n − k` differ, else 1. With the same parameters [Irfft] is its
/// adjoint.
///
/// @param axis transformed axis of the input, from the front
/// @param inner weight of the frequencies that stand for two; 1 for the usual transform
public record Rfft(int axis, double scale, double inner) implements Kernel {}
