package javelin.tensor.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Shape;
import javelin.tensor.ops.Relu;

import org.junit.jupiter.api.Test;

class GradCheckTest {
    @Test
    void aRightGradientPasses() {
        GradCheck.of("cube", x -> x.get(0).pow(3)).on(Shape.of(4)).in(0.5, 1).orders(2).run();
    }

    @Test
    void aWrongGradientIsReported() {
        var check =
                GradCheck.of("half detached", x -> x.get(0).mul(x.get(0).detach()).mul(x.get(1)))
                        .on(Shape.of(4), Shape.of(4))
                        .seed(9);
        assertThatThrownBy(check::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "gradient check of half detached: order 1, argument 0: gradient ")
                .hasMessageContaining("tolerance 1e-06, seed 9");
    }

    @Test
    void aKinkIsNotLinear() {
        var check = GradCheck.of("relu", x -> Relu.relu(x.get(0))).on(Shape.of(9)).linear();
        assertThatThrownBy(check::run).hasMessageContaining("order 1, argument 0");
    }
}
