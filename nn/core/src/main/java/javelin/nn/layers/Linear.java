package javelin.nn.layers;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.init.Fan;
import javelin.nn.init.Init;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

/// Fully connected layer.
///
/// `y = x · weight + bias`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, in]` |
/// | `weight` | `[in, out]` (PyTorch keeps `[out, in]`) |
/// | `bias` | `[out]` |
/// | result | `[…, out]` |
public final class Linear extends Module {
    private final Tensor weight;
    private final @Nullable Tensor bias;

    /// What a linear layer is made of.
    ///
    /// @param in size of the innermost axis of the input
    /// @param out size of the innermost axis of the result
    /// @param bias whether there is a bias, which starts at 0
    /// @param init first values of the weight
    public record Config(int in, int out, boolean bias, Init init) {
        /// With bias; weight uniform in `±1/√in`.
        public static Config of(int in, int out) {
            return new Config(in, out, true, Init.fanInUniform());
        }

        /// The same with or without bias.
        public Config bias(boolean b) {
            return new Config(in, out, b, init);
        }

        /// The same with other first values of the weight.
        public Config init(Init i) {
            return new Config(in, out, bias, i);
        }
    }

    /// Layer with bias and default initialisation.
    public Linear(int in, int out, Rng rng) {
        this(Config.of(in, out), rng);
    }

    /// Layer as configured.
    public Linear(Config config, Rng rng) {
        Shape shape = Shape.of(config.in(), config.out());
        weight = param("weight", config.init().of(rng, Fan.linear(shape), shape));
        bias = config.bias() ? param("bias", Tensor.zeros(config.out())) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return javelin.tensor.ops.Linear.linear(x, weight, bias);
    }
}
