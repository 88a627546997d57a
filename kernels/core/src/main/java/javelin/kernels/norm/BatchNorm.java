package javelin.kernels.norm;

import javelin.kernels.Kernel;

/// `y = (x − mean) / √(variance + ε) · gamma + beta` per channel.
///
/// | input | shape |
/// |---|---|
/// | `x` | `[…, c]` |
/// | `moments` | `[2, c]`, as [Moments] gives them |
/// | `gamma`, `beta` | `[c]` |
/// | output | `[…, c]` |
///
/// @see "Ioffe and Szegedy, Batch Normalization, 2015, Algorithm 1"
public record BatchNorm(double epsilon) implements Kernel {}
