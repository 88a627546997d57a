package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Moves pixels to channels, the inverse of [PixelShuffle]: `[n, h·r, w·r, c] → [n, h, w, c·r²]`.
public final class PixelUnshuffle extends Module {
    private final int factor;

    /// Reduction by `factor` in both directions.
    public PixelUnshuffle(int factor) {
        this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.PixelUnshuffle.pixelUnshuffle(x, factor);
    }
}
