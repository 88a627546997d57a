package javelin.kernels.pool;

import javelin.kernels.Kernel;

/// Largest pixel of each window, per channel: `x [n, h, w, c] → [n, oh, ow, c]`. Padding never
/// wins; NaN wins always.
public record MaxPool2d(Windows windows) implements Kernel {}
