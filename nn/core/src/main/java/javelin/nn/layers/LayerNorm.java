package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Normalisation of each vector along the innermost axis.
///
/// `y = (x − mean) / √(variance + ε) · weight + bias`, mean and biased variance of the `c` values
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, c]` |
/// | `weight`, `bias` | `[c]` |
/// | result | `[…, c]` |
///
/// @see "Ba, Kiros and Hinton, Layer Normalization, 2016"
public final class LayerNorm extends Module {
    private final int channels;
    private final double epsilon;
    private final Tensor weight;
    private final Tensor bias;

    /// Layer with `ε = 1e-5`.
    public LayerNorm(int channels) {
        this(channels, 1e-5);
    }

    /// Layer with another `ε`.
    public LayerNorm(int channels, double epsilon) {
        this.channels = channels;
        this.epsilon = epsilon;
        weight = param("weight", Tensor.ones(channels));
        bias = param("bias", Tensor.zeros(channels));
    }

    @Override
    public Tensor forward(Tensor x) {
        Checks.channels("layerNorm", x, channels);
        return Standardize.standardize(x, epsilon, x.shape().rank() - 1).mul(weight).add(bias);
    }
}
