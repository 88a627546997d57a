package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.nn.Module;
import javelin.nn.layers.Activation.Function;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {
    private static double[] at(Module layer, double... x) {
        return Backends.with(
                Backends.reference(), () -> layer.forward(Tensor.of(x, x.length)).doubles());
    }

    /// Values at −2 and 3, from the formulas.
    @ParameterizedTest
    @CsvSource({
        "RELU, 0, 3",
        "RELU6, 0, 3",
        "SIGMOID, 0.11920292202211755, 0.9525741268224334",
        "TANH, -0.9640275800758169, 0.9950547536867305",
        "SILU, -0.2384058440442351, 2.8577223804673",
        "GELU, -0.04550026389635842, 2.99595030590511",
        "SOFTPLUS, 0.1269280110429725, 3.048587351573742",
        "HARD_SIGMOID, 0.16666666666666666, 1",
        "HARD_SWISH, -0.3333333333333333, 3"
    })
    void isItsFormula(Function function, double atMinus2, double at3) {
        assertThat(at(new Activation(function), -2, 3))
                .containsExactly(new double[] {atMinus2, at3}, within(1e-12));
    }

    @Test
    void relu6EndsAt6() {
        assertThat(at(Activation.relu6(), 5, 7)).containsExactly(5, 6);
    }

    @Test
    void leakyReluHasASlopeBelowZero() {
        assertThat(at(new LeakyRelu(0.5), -2, 3)).containsExactly(-1, 3);
    }

    @Test
    void preluHasASlopePerChannel() {
        double[] y =
                Backends.with(
                        Backends.reference(),
                        () -> {
                            var layer = new Prelu(2);
                            layer.parameters()
                                    .get("weight")
                                    .assign(Tensor.of(new double[] {0.5, 2}, 2));
                            Tensor x = Tensor.of(new double[] {-2, -2, 3, 3}, 2, 2);
                            return layer.forward(x).doubles();
                        });
        assertThat(y).containsExactly(-1, -4, 3, 3);
    }
}
