package javelin.kernels.index;

import javelin.kernels.Kernel;

/// Selection along one axis: `y[a…, i…, b…] = x[a…, index[i…], b…]`.
///
/// Inputs `x`, and `index` (I32, any shape, values in `0 … size−1` of that axis); the output has
/// the axes of `index` in place of `axis`.
public record Gather(int axis) implements Kernel {}
