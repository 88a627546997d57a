package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

/// Normalisation of each channel of each image over its pixels.
///
/// `y = (x − mean) / √(variance + ε) · weight + bias`, mean and biased variance over `h, w`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | `weight`, `bias` | `[c]`, if affine |
/// | result | `[n, h, w, c]` |
///
/// @see "Ulyanov, Vedaldi and Lempitsky, Instance Normalization, 2016"
public final class InstanceNorm extends Module {
    private final int channels;
    private final double epsilon;
    private final @Nullable Tensor weight;
    private final @Nullable Tensor bias;

    /// Layer without trained numbers, `ε = 1e-5`.
    public InstanceNorm(int channels) {
        this(channels, 1e-5, false);
    }

    /// Layer with another `ε`, and with `weight` and `bias` if `affine`.
    public InstanceNorm(int channels, double epsilon, boolean affine) {
        this.channels = channels;
        this.epsilon = epsilon;
        weight = affine ? param("weight", Tensor.ones(channels)) : null;
        bias = affine ? param("bias", Tensor.zeros(channels)) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        Checks.channels("instanceNorm", x, channels);
        Tensor y = Standardize.standardize(x, epsilon, 1, 2);
        return weight == null || bias == null ? y : y.mul(weight).add(bias);
    }
}
