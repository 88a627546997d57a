package javelin.kernels.index;

import javelin.kernels.Kernel;

/// Adjoint of [Gather]: zeros, then `y[a…, index[i…], b…] += x[a…, i…, b…]`, in the order of `i`.
///
/// Inputs `x` (with the axes of `index` in place of `axis`) and `index`; the output has the size of
/// the gathered axis.
public record ScatterAdd(int axis) implements Kernel {}
