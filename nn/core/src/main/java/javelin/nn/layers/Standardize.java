package javelin.nn.layers;

import javelin.tensor.Tensor;
import javelin.tensor.ops.Sum;

/// What the norms over parts of one sample share.
final class Standardize {
    private Standardize() {}

    /// `(x − mean) / √(variance + ε)`, mean and biased variance over `axes`.
    static Tensor standardize(Tensor x, double epsilon, int... axes) {
        Tensor centred = x.sub(mean(x, axes));
        Tensor variance = mean(centred.square(), axes);
        return centred.mul(javelin.tensor.ops.Rsqrt.rsqrt(variance.add(epsilon)));
    }

    private static Tensor mean(Tensor x, int... axes) {
        Tensor sum = Sum.sum(x, true, axes);
        return sum.mul((double) sum.shape().size() / x.shape().size());
    }
}
