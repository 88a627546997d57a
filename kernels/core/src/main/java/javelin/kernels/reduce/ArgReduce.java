package javelin.kernels.reduce;

import javelin.kernels.Kernel;

/// Position of the extreme along one axis: `x →` I32, the shape of `x` with size 1 on that axis
/// (the output view may leave it out). The first of equals; the first NaN where there is one.
///
/// @param largest the maximum if true, else the minimum
/// @param axis axis in `0 … rank−1`, of size at least 1
public record ArgReduce(boolean largest, int axis) implements Kernel {}
