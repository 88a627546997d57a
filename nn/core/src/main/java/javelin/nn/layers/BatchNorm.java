package javelin.nn.layers;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.nn.Module;
import javelin.tensor.GradMode;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Concat;
import javelin.tensor.ops.Moments;
import javelin.tensor.ops.Normalize;

import java.util.List;

/// Batch normalisation over all axes but the innermost.
///
/// `y = (x − mean) / √(variance + ε) · weight + bias`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, c]` |
/// | `weight` (γ), `bias` (β), `running_mean`, `running_var` | `[c]` |
/// | result | `[…, c]` |
///
/// In training, mean and (biased) variance are those of the batch, and the running statistics move
/// towards them: `running ← (1 − momentum) · running + momentum · batch`, where the batch variance
/// enters unbiased, `· n/(n−1)`. Both are PyTorch's conventions. In inference the running
/// statistics are used as constants.
///
/// @see "Ioffe and Szegedy, Batch Normalization, 2015, Algorithms 1 and 2"
public final class BatchNorm extends Module {
    private final Config config;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor running; // [2, c]; running_mean and running_var are windows on its rows

    /// What a batch normalisation is made of.
    ///
    /// @param channels size of the innermost axis
    /// @param epsilon added to the variance
    /// @param momentum weight of the newest batch in the running statistics, in `[0, 1]`
    /// @param affine whether `weight` and `bias` are trained; else they are 1 and 0
    public record Config(int channels, double epsilon, double momentum, boolean affine) {
        /// `ε = 1e-5`, momentum 0.1, affine.
        public static Config of(int channels) {
            return new Config(channels, 1e-5, 0.1, true);
        }
    }

    /// Layer with the usual constants.
    public BatchNorm(int channels) {
        this(Config.of(channels));
    }

    /// Layer as configured.
    public BatchNorm(Config config) {
        this.config = config;
        int c = config.channels();
        weight = config.affine() ? param("weight", Tensor.ones(c)) : Tensor.ones(c);
        bias = config.affine() ? param("bias", Tensor.zeros(c)) : Tensor.zeros(c);
        running = Tensor.zeros(2, c);
        buffer("running_mean", row(0));
        buffer("running_var", row(1)).assign(Tensor.ones(c));
    }

    private Tensor row(int i) {
        View all = running.view();
        int c = config.channels();
        return Tensor.wrap(
                running.backend(), new View(all.buffer(), all.offset() + i * c, Shape.of(c)));
    }

    @Override
    public Tensor forward(Tensor x) {
        Checks.channels("batchNorm", x, config.channels());
        if (!isTraining()) {
            return Normalize.normalize(x, running, weight, bias, config.epsilon());
        }
        Tensor moments = Moments.moments(x);
        GradMode.off(() -> follow(moments, x.shape()));
        return javelin.tensor.ops.BatchNorm.batchNorm(x, moments, weight, bias, config.epsilon());
    }

    private void follow(Tensor moments, Shape x) {
        long n = x.size() / config.channels();
        if (n < 2) {
            throw new ShapeException(
                    "batchNorm",
                    "training needs more than one value per channel, got shape %s; use a larger"
                                    .formatted(x)
                            + " batch or training(false)",
                    List.of(x));
        }
        double m = config.momentum();
        Tensor scale = Concat.concat(0, factor(m), factor(m * n / (n - 1)));
        running.assign(running.mul(1 - m).add(moments.mul(scale)));
    }

    private Tensor factor(double number) {
        return Tensor.scalar(running.backend(), number).reshape(1, 1);
    }
}
