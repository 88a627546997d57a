package javelin.kernels.pool;

import javelin.kernels.Kernel;

/// Where [MaxPool2d] found its result: `x [n, h, w, c] →` positions `[n, oh, ow, c]` (I32) in the
/// flat input, `((n·H + h)·W + w)·C + c`. The first of equal pixels in row-major order; the first
/// NaN where there is one.
///
/// Gradients of max pooling are [javelin.kernels.index.ScatterAdd] and
/// [javelin.kernels.index.Gather] with these positions.
public record ArgMaxPool2d(Windows windows) implements Kernel {}
