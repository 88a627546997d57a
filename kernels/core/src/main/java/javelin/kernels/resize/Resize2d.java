package javelin.kernels.resize;

import javelin.kernels.Kernel;

/// Images at another size: `x [n, h, w, c] → [n, oh, ow, c]`, a linear map along each of both axes.
/// Weights of one output pixel sum to 1. Rows first, then columns.
public record Resize2d(Interpolation interpolation) implements Kernel {}
