package javelin.kernels.pool;

import javelin.kernels.Kernel;

/// Mean of each window, per channel: `x [n, h, w, c] → [n, oh, ow, c]`.
///
/// @param countPadding whether padding counts as pixels of value 0; else the mean is over the part
///   of the window inside the image
public record AveragePool2d(Windows windows, boolean countPadding) implements Kernel {}
