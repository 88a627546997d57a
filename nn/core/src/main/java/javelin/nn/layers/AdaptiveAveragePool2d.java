package javelin.nn.layers;

import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.tensor.Tensor;
import javelin.tensor.ops.AveragePool2d;

/// Means over `oh × ow` parts of an image of any size: `[n, h, w, c] → [n, oh, ow, c]`. Part `p` of
/// `h` rows covers `⌊p·h/oh⌋ … ⌈(p+1)·h/oh⌉`.
public final class AdaptiveAveragePool2d extends Module {
    private final Windows windows;

    /// Pooling to `oh` rows and `ow` columns.
    public AdaptiveAveragePool2d(int oh, int ow) {
        windows = new Windows.Adaptive(oh, ow);
    }

    @Override
    public Tensor forward(Tensor x) {
        return AveragePool2d.averagePool2d(x, windows, false);
    }
}
