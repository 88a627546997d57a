package javelin.nn.layers;

import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Mean of each window: `[n, h, w, c] → [n, ⌊(h+2·pad−size)/stride⌋+1, …, c]`.
public final class AveragePool2d extends Module {
    private final Windows windows;
    private final boolean countPadding;

    /// Windows side by side: stride is the size, no padding.
    public AveragePool2d(int size) {
        this(size, size, 0, false);
    }

    /// Square windows.
    ///
    /// @param countPadding whether pixels outside the image count as zeros or not at all
    public AveragePool2d(int size, int stride, int padding, boolean countPadding) {
        this(Windows.Sliding.of(size, stride, padding), countPadding);
    }

    /// Any windows.
    ///
    /// @param countPadding whether pixels outside the image count as zeros or not at all
    public AveragePool2d(Windows windows, boolean countPadding) {
        this.windows = windows;
        this.countPadding = countPadding;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.AveragePool2d.averagePool2d(x, windows, countPadding);
    }
}
