package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;

/// Normalisation of each sample over all pixels of a group of neighbouring channels.
///
/// `y = (x − mean) / √(variance + ε) · weight + bias`, mean and biased variance per sample and
/// group
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, …, c]` |
/// | `weight`, `bias` | `[c]` |
/// | result | `[n, …, c]` |
///
/// @see "Wu and He, Group Normalization, 2018"
public final class GroupNorm extends Module {
    private final int groups;
    private final int channels;
    private final double epsilon;
    private final Tensor weight;
    private final Tensor bias;

    /// Layer with `ε = 1e-5`.
    ///
    /// @throws IllegalArgumentException if `groups` does not divide `channels`
    public GroupNorm(int groups, int channels) {
        this(groups, channels, 1e-5);
    }

    /// Layer with another `ε`.
    ///
    /// @throws IllegalArgumentException if `groups` does not divide `channels`
    public GroupNorm(int groups, int channels, double epsilon) {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    "groupNorm: %d groups do not divide %d channels".formatted(groups, channels));
        }
        this.groups = groups;
        this.channels = channels;
        this.epsilon = epsilon;
        weight = param("weight", Tensor.ones(channels));
        bias = param("bias", Tensor.zeros(channels));
    }

    @Override
    public Tensor forward(Tensor x) {
        Checks.channels("groupNorm", x, channels);
        Tensor parts = x.reshape(x.dim(0), -1, groups, channels / groups);
        return Standardize.standardize(parts, epsilon, 1, 3)
                .reshape(x.shape().dims())
                .mul(weight)
                .add(bias);
    }
}
