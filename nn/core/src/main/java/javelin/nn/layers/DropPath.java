package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.Arrays;

/// In training, zeroes whole samples with probability `p` and scales the others by `1/(1−p)`; at
/// the end of a residual branch this skips the branch. In inference the identity.
///
/// `x` is `[n, …]`, and so is the result.
///
/// @see "Huang, Sun, Liu, Sedra and Weinberger, Deep networks with stochastic depth, 2016"
public final class DropPath extends Module {
    private final double p;

    /// Layer that draws from a stream split off `rng`.
    ///
    /// @param p probability of zero, in `[0, 1)`
    /// @throws IllegalArgumentException if `p` is out of range
    public DropPath(double p, Rng rng) {
        this.p = Dropout.checked("dropPath", p);
        generator("mask", rng.split());
    }

    @Override
    public Tensor forward(Tensor x) {
        if (!isTraining() || p == 0) {
            return x;
        }
        int[] perSample = new int[x.shape().rank()];
        Arrays.fill(perSample, 1);
        perSample[0] = x.dim(0);
        return x.mul(Dropout.mask(x, p, generator("mask"), perSample));
    }
}
