package javelin.kernels.norm;

import javelin.kernels.Kernel;

/// Mean and biased variance per channel: `x […, c] → [2, c]`, row 0 `mean`, row 1 `Σ (x − mean)² /
/// n` over all axes but the innermost, in a stable form.
public record Moments() implements Kernel {}
