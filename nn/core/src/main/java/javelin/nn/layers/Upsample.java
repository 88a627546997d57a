package javelin.nn.layers;

import javelin.kernels.resize.Interpolation;
import javelin.nn.Module;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Resize2d;

/// Enlarges images by a whole factor: `[n, h, w, c] → [n, h·factor, w·factor, c]`, half-pixel
/// centres.
public final class Upsample extends Module {
    private final int factor;
    private final Interpolation interpolation;

    /// Enlargement by repetition of pixels.
    public Upsample(int factor) {
        this(factor, new Interpolation.Nearest());
    }

    /// Enlargement with an interpolation.
    public Upsample(int factor, Interpolation interpolation) {
        this.factor = factor;
        this.interpolation = interpolation;
    }

    @Override
    public Tensor forward(Tensor x) {
        return Resize2d.resize2d(x, x.dim(1) * factor, x.dim(2) * factor, interpolation);
    }
}
