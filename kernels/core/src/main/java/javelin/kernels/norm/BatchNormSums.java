package javelin.kernels.norm;

import javelin.kernels.Kernel;

/// Sums of the gradient of [BatchNorm]: row 0 `Σ dy · x̂` (the gradient of `gamma`), row 1 `Σ dy`
/// (the gradient of `beta`), with `x̂ = (x − mean) / √(variance + ε)`.
///
/// Inputs `x […, c]`, `dy […, c]`, `moments [2, c]`; output `[2, c]`.
public record BatchNormSums(double epsilon) implements Kernel {}
