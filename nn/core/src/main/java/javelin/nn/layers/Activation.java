package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Gelu;
import javelin.tensor.ops.HardSigmoid;
import javelin.tensor.ops.HardSwish;
import javelin.tensor.ops.Relu;
import javelin.tensor.ops.Sigmoid;
import javelin.tensor.ops.Silu;
import javelin.tensor.ops.Softplus;
import javelin.tensor.ops.Tanh;

import java.util.function.UnaryOperator;

/// An elementwise function without parameters as a layer, any shape. For those with parameters see
/// [LeakyRelu] and [Prelu].
public final class Activation extends Module {
    private final Function function;

    /// The functions to choose from.
    public enum Function {
        /// `max(x, 0)`.
        RELU(Relu::relu),
        /// `min(max(x, 0), 6)`.
        RELU6(x -> javelin.tensor.ops.Clamp.clamp(x, 0, 6)),
        /// `1 / (1 + e⁻ˣ)`.
        SIGMOID(Sigmoid::sigmoid),
        /// Hyperbolic tangent.
        TANH(Tanh::tanh),
        /// `x · sigmoid(x)`.
        SILU(Silu::silu),
        /// `x · Φ(x)`, `Φ` the normal distribution.
        GELU(Gelu::gelu),
        /// `ln(1 + eˣ)`.
        SOFTPLUS(Softplus::softplus),
        /// `min(max(x/6 + ½, 0), 1)`.
        HARD_SIGMOID(HardSigmoid::hardSigmoid),
        /// `x · hardSigmoid(x)`.
        HARD_SWISH(HardSwish::hardSwish);

        private final UnaryOperator<Tensor> op;

        Function(UnaryOperator<Tensor> op) {
            this.op = op;
        }

        /// The function of `x`.
        public Tensor of(Tensor x) {
            return op.apply(x);
        }
    }

    /// Layer of that function.
    public Activation(Function function) {
        this.function = function;
    }

    /// Layer of `max(x, 0)`.
    public static Activation relu() {
        return new Activation(Function.RELU);
    }

    /// Layer of `min(max(x, 0), 6)`.
    public static Activation relu6() {
        return new Activation(Function.RELU6);
    }

    /// Layer of the hyperbolic tangent.
    public static Activation tanh() {
        return new Activation(Function.TANH);
    }

    /// Layer of the logistic function.
    public static Activation sigmoid() {
        return new Activation(Function.SIGMOID);
    }

    @Override
    public Tensor forward(Tensor x) {
        return function.of(x);
    }
}
