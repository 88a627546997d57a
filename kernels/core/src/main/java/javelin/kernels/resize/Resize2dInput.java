package javelin.kernels.resize;

import javelin.kernels.Kernel;

/// Adjoint of [Resize2d]: `dy [n, oh, ow, c] → dx [n, h, w, c]`.
public record Resize2dInput(Interpolation interpolation) implements Kernel {}
