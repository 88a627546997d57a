package javelin.kernels.pool;

import javelin.kernels.Kernel;

/// Adjoint of [AveragePool2d]: `dy [n, oh, ow, c] → dx [n, h, w, c]`.
public record AveragePool2dInput(Windows windows, boolean countPadding) implements Kernel {}
