package javelin.nn.layers;

import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Largest value of each window: `[n, h, w, c] → [n, ⌊(h+2·pad−size)/stride⌋+1, …, c]`. Pixels
/// outside the image do not take part.
public final class MaxPool2d extends Module {
    private final Windows windows;

    /// Windows side by side: stride is the size, no padding.
    public MaxPool2d(int size) {
        this(size, size, 0);
    }

    /// Square windows.
    public MaxPool2d(int size, int stride, int padding) {
        this(Windows.Sliding.of(size, stride, padding));
    }

    /// Any windows.
    public MaxPool2d(Windows windows) {
        this.windows = windows;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.MaxPool2d.maxPool2d(x, windows);
    }
}
