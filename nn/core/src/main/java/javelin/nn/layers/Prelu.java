package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// `x` where it is positive, else `weight[c] · x`, with a trained slope per channel.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, c]` |
/// | `weight` | `[c]`, or `[1]` for one slope for all |
///
/// Weight decay on the slopes would pull towards plain rectifiers; the paper uses none.
///
/// @see "He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015, Eq. (1)"
public final class Prelu extends Module {
    private final Tensor weight;

    /// Layer whose slopes start at 0.25, as in the paper.
    ///
    /// @param slopes number of channels, or 1
    public Prelu(int slopes) {
        this(slopes, 0.25);
    }

    /// Layer whose slopes start at `first`.
    public Prelu(int slopes, double first) {
        weight = param("weight", Tensor.full(first, slopes));
    }

    @Override
    public Tensor forward(Tensor x) {
        if (weight.dim(0) > 1) {
            Checks.channels("prelu", x, weight.dim(0));
        }
        return javelin.tensor.ops.Prelu.prelu(x, weight);
    }
}
