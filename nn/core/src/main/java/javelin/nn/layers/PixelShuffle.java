package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Moves channels to pixels: `[n, h, w, c·r²] → [n, h·r, w·r, c]`. Channel `(k·r + i)·r + j` goes
/// to channel `k` of row `i`, column `j` of each block (PyTorch's order).
///
/// @see "Shi et al., Real-time single image and video super-resolution using an efficient sub-pixel
///   convolutional neural network, 2016, Eq. (4)"
public final class PixelShuffle extends Module {
    private final int factor;

    /// Enlargement by `factor` in both directions.
    public PixelShuffle(int factor) {
        this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.PixelShuffle.pixelShuffle(x, factor);
    }
}
