package javelin.kernels.norm;

import javelin.kernels.Kernel;

/// Gradient of [BatchNorm] to `x`, through the moments of the same batch: `dx = gamma / √(variance
/// + ε) · (dy − sums[1]/n − x̂ · sums[0]/n)`, `n` elements per channel.
///
/// | input | shape |
/// |---|---|
/// | `x`, `dy` | `[…, c]` |
/// | `moments`, `sums` | `[2, c]`, as [Moments] and [BatchNormSums] give them |
/// | `gamma` | `[c]` |
/// | output `dx` | `[…, c]` |
public record BatchNormInput(double epsilon) implements Kernel {}
