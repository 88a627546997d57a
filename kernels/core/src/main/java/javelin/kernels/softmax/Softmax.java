package javelin.kernels.softmax;

import javelin.kernels.Kernel;

/// `y[i] = eˣⁱ / Σ_j eˣʲ` over the innermost axis, any shape; computed from `x − max x`. The output
/// may be the input.
///
/// @param log the natural logarithm of it, without loss for small values
public record Softmax(boolean log) implements Kernel {}
