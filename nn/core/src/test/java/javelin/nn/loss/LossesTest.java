package javelin.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;
import javelin.tensor.check.GradCheck;

import org.junit.jupiter.api.Test;

import java.util.function.BinaryOperator;
import java.util.function.Supplier;

class LossesTest {
    private static double value(Supplier<Tensor> loss) {
        return Backends.with(Backends.reference(), () -> loss.get().item());
    }

    private static Tensor row(double... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void crossEntropyIsTheMeanLogOfTheRightClass() {
        double expected = (Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(2))) / 2; // by hand
        assertThat(
                        value(() ->
                                Losses.crossEntropy(
                                        Tensor.of(new double[] {1, 0, 2, 0}, 2, 2),
                                        Tensor.of(new int[] {0, 1}, 2))))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void smoothingSpreadsTheTarget() {
        double log = Math.log(1 + Math.exp(-1)); // −log softmax of the right class
        double expected = 0.95 * log + 0.05 * (log + 1);
        assertThat(
                        value(() ->
                                Losses.crossEntropy(
                                        Tensor.of(new double[] {1, 0}, 1, 2),
                                        Tensor.of(new int[] {0}, 1),
                                        0.1)))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void binaryCrossEntropyNeverOverflows() {
        assertThat(value(() -> Losses.binaryCrossEntropy(row(0, 0), row(0, 1))))
                .isCloseTo(Math.log(2), within(1e-12));
        assertThat(value(() -> Losses.binaryCrossEntropy(row(1000, -1000), row(1, 0)))).isZero();
        assertThat(value(() -> Losses.binaryCrossEntropy(row(1000, -1000), row(0, 1))))
                .isEqualTo(1000);
    }

    @Test
    void distances() {
        assertThat(value(() -> Losses.l1(row(1, 2), row(3, 1)))).isEqualTo(1.5);
        assertThat(value(() -> Losses.mse(row(1, 2), row(3, 1)))).isEqualTo(2.5);
        assertThat(value(() -> Losses.charbonnier(row(3), row(0), 4))).isEqualTo(5);
        assertThat(value(() -> Losses.hinge(row(0.25, -3, 2), row(1, 1, 1)))).isEqualTo(4.75 / 3);
    }

    @Test
    void kullbackLeiblerIsZeroForEqualsAndPositiveElse() {
        double log3 = Math.log(3);
        assertThat(value(() -> Losses.kullbackLeibler(row(1, 2, 3), row(2, 3, 4))))
                .isCloseTo(0, within(1e-12));
        // p = (3/4, 1/4), q = (1/2, 1/2)
        assertThat(value(() -> Losses.kullbackLeibler(row(log3, 0), row(0, 0))))
                .isCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), within(1e-12));
    }

    @Test
    void shapesMustBeEqual() {
        assertThatThrownBy(() -> Losses.mse(Tensor.ones(2, 1), Tensor.ones(2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("mse")
                .hasMessageContaining("[2, 1]")
                .hasMessageContaining("[2]");
    }

    @Test
    void gradientsMatchFiniteDifferences() {
        check("bce", Losses::binaryCrossEntropy);
        check("l1", (x, y) -> Losses.l1(x.add(3), y));
        check("mse", Losses::mse);
        check("charbonnier", (x, y) -> Losses.charbonnier(x, y, 0.1));
        check("kl", Losses::kullbackLeibler);
        check("hinge", (x, y) -> Losses.hinge(x.mul(0.1), y));
    }

    private static void check(String name, BinaryOperator<Tensor> loss) {
        GradCheck.of(name, x -> loss.apply(x.get(0), x.get(1)))
                .on(Shape.of(3, 4), Shape.of(3, 4))
                .orders(2)
                .run();
    }
}
