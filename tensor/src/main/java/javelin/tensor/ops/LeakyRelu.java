package javelin.tensor.ops;

import javelin.tensor.Tensor;

/// `y = x` where `x` is positive, else `slope · x`: a composition, [Prelu] with a constant slope.
///
/// @see "Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models,
///   2013"
public final class LeakyRelu {
    private LeakyRelu() {}

    /// Rectifier of `x`, any shape, with a small slope below 0.
    public static Tensor leakyRelu(Tensor x, double slope) {
        return Prelu.prelu(x, Tensor.scalar(x.backend(), slope));
    }
}
