package javelin.nn.layers;

import javelin.kernels.Backends;
import javelin.nn.Module;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

/// In training, zeroes each element with probability `p` and scales the others by `1/(1−p)`, so
/// that the expectation stays; in inference the identity. Any shape.
///
/// @see "Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout, 2014"
public final class Dropout extends Module {
    private final double p;

    /// Layer that draws from a stream split off `rng`.
    ///
    /// @param p probability of zero, in `[0, 1)`
    /// @throws IllegalArgumentException if `p` is out of range
    public Dropout(double p, Rng rng) {
        this.p = checked("dropout", p);
        generator("mask", rng.split());
    }

    static double checked(String layer, double p) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException(layer + ": p must be in [0, 1), got " + p);
        }
        return p;
    }

    @Override
    public Tensor forward(Tensor x) {
        if (!isTraining() || p == 0) {
            return x;
        }
        return x.mul(mask(x, p, generator("mask"), x.shape().dims()));
    }

    /// `1/(1−p)` with probability `1−p`, else 0.
    static Tensor mask(Tensor x, double p, Rng rng, int... shape) {
        return Backends.with(x.backend(), () -> rng.bernoulli(1 - p, shape)).mul(1 / (1 - p));
    }
}
