package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// `x` where it is positive, else `slope · x`; any shape.
///
/// @see "Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models,
///   2013"
public final class LeakyRelu extends Module {
    private final double slope;

    /// Layer with that slope for negative numbers; 0.2 is usual in GANs, 0.01 elsewhere.
    public LeakyRelu(double slope) {
        this.slope = slope;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.LeakyRelu.leakyRelu(x, slope);
    }
}
