package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Geometry;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.check.GradCheck;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.LeakyRelu;
import javelin.tensor.ops.Product;
import javelin.tensor.ops.Tanh;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;

@ExtendWith(OnReference.class)
class AutogradTest {
    @Test
    void gradientsOfUsesAreAdded() {
        Tensor x = leaf(3);
        Tensor y = x.mul(x).add(x); // x² + x
        assertThat(Autograd.backward(y).of(x).item()).isEqualTo(7);
    }

    @Test
    void deepGraphsNeedNoStack() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) {
            y = y.add(x);
        }
        assertThat(Autograd.backward(y).of(x).item()).isEqualTo(100_001);
        assertThat(Graph.of(y).nodes()).hasSize(100_001);
    }

    @Test
    void nothingIsRecordedWhenOff() {
        Tensor x = leaf(2);
        Tensor y = GradMode.off(() -> x.square());
        assertThat(y.requiresGrad()).isFalse();
        assertThat(y.node().isLeaf()).isTrue();
    }

    @Test
    void nothingIsRecordedForConstants() {
        Tensor y = Tensor.scalar(2).square();
        assertThat(y.node().isLeaf()).isTrue();
    }

    @Test
    void higherDerivativesOfAPolynomial() {
        Tensor x = leaf(2);
        Tensor y = x.mul(x).mul(x).mul(x); // x⁴
        Tensor first = Autograd.grad(y, x);
        Tensor second = Autograd.grad(first, x);
        Tensor third = Autograd.grad(second, x);
        assertThat(first.item()).isEqualTo(32); // 4x³
        assertThat(second.item()).isEqualTo(48); // 12x²
        assertThat(third.item()).isEqualTo(48); // 24x
    }

    @Test
    void secondDerivativeOfTanh() {
        Tensor x = leaf(0.3);
        double t = Math.tanh(0.3);
        Tensor second = Autograd.grad(Autograd.grad(Tanh.tanh(x), x), x);
        assertThat(second.item()).isCloseTo(-2 * t * (1 - t * t), within(1e-12));
    }

    @Test
    void backwardIsNotRecorded() {
        Tensor x = leaf(2);
        assertThat(Autograd.backward(x.square()).of(x).requiresGrad()).isFalse();
        assertThat(Autograd.grad(x.square(), List.of(x)).getFirst().requiresGrad()).isFalse();
    }

    /// The penalty of Gulrajani et al., Improved training of Wasserstein GANs, 2017, on a small
    /// critic of two layers: its gradient with respect to the weights is of second order.
    @Test
    void gradientPenalty() {
        GradCheck.of("slope penalty", x -> slopePenalty(x.get(0), x.get(1), x.get(2)))
                .on(Shape.of(2, 5, 5, 2), Shape.of(3, 3, 2, 3), Shape.of(3, 3, 3, 1))
                .orders(1)
                .run();
    }

    private static Tensor slopePenalty(Tensor mixed, Tensor w1, Tensor w2) {
        Geometry g = Geometry.of(2, 1);
        Tensor critic = Conv2d.conv2d(LeakyRelu.leakyRelu(Conv2d.conv2d(mixed, w1, g), 0.2), w2, g);
        Tensor slope = Autograd.grad(critic.sum(), mixed);
        Tensor norm = slope.square().sum(1, 2, 3).add(1e-12).sqrt(); // sqrt has no slope at 0
        return norm.sub(1).square().mean().mul(10);
    }

    @Test
    void gradientOfAnIntermediateResult() {
        Tensor x = leaf(3);
        Tensor middle = x.square();
        Tensor y = middle.mul(5).add(x);
        List<Tensor> found = Autograd.grad(y, List.of(middle, x, y));
        assertThat(found.stream().map(Tensor::item)).containsExactly(5.0, 31.0, 1.0);
    }

    @Test
    void zerosWhereNothingDepends() {
        Tensor x = leaf(3);
        Tensor other = Tensor.zeros(2, 3).requireGrad();
        Gradients found = Autograd.backward(x.square());
        assertThat(found.reaches(other)).isFalse();
        assertThat(found.of(other).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(Autograd.grad(x.square(), other).doubles()).containsOnly(0);
    }

    @Test
    void onlyWaysToTheAskedAreComputed() {
        Tensor x = leaf(3);
        Tensor w = leaf(5);
        Tensor y = Tensor.apply(new OnlyLeft(), x, w);
        assertThat(Autograd.grad(y, List.of(x)).getFirst().item()).isEqualTo(5);
        assertThatThrownBy(() -> Autograd.grad(y, List.of(x, w))).hasMessage("right was asked for");
    }

    private record OnlyLeft() implements Product {
        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        public void forward(Backend on, List<View> inputs, View output) {
            on.run(javelin.kernels.elementwise.Binary.MUL, inputs, output);
        }

        @Override
        public Tensor left(Saved saved, Tensor dy) {
            return dy.mul(saved.input(1));
        }

        @Override
        public Tensor right(Saved saved, Tensor dy) {
            throw new UnsupportedOperationException("right was asked for");
        }
    }

    @Test
    void aFaultyGradientIsNamed() {
        Tensor x = Tensor.zeros(2, 3).requireGrad();
        Tensor y = Tensor.apply(new Faulty(), x);
        assertThatThrownBy(() -> Autograd.backward(y.sum()))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "vjp of faulty: gradient for argument 0 has shape [], expected [2, 3];"
                                + " this is a fault in the op");
    }

    @Test
    void aMissingValueIsNamed() {
        Tensor x = Tensor.zeros(2).requireGrad();
        Tensor y = Tensor.apply(new Forgetful(), x);
        assertThatThrownBy(() -> Autograd.backward(y.sum()))
                .hasMessage(
                        "vjp of forgetful: input 0 was not kept; this is a fault in the op's keep()");
    }

    private interface Negative extends Op {
        @Override
        default Shape shape(List<Shape> inputs) {
            return inputs.getFirst();
        }

        @Override
        default void forward(Backend on, List<View> inputs, View output) {
            on.run(Unary.NEG, inputs, output);
        }
    }

    private record Faulty() implements Negative {
        @Override
        public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
            return List.of(dy.sum());
        }
    }

    private record Forgetful() implements Negative {
        @Override
        public Keep keep() {
            return Keep.OUTPUT;
        }

        @Override
        public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
            return List.of(saved.input(0));
        }
    }

    @Test
    void aResultOfManyNumbersIsRejected() {
        Tensor x = Tensor.zeros(2).requireGrad();
        assertThatThrownBy(() -> Autograd.backward(x.square()))
                .isInstanceOf(ShapeException.class)
                .hasMessage(
                        "grad: the result must have one element, not shape [2]; reduce it first, for"
                                + " instance with sum() or mean()");
    }

    @Test
    void anUnrecordedResultIsRejected() {
        assertThatThrownBy(() -> Autograd.backward(Tensor.scalar(1).square()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "grad: nothing was recorded for this result of shape []; is an input marked"
                                + " with requireGrad(), and GradMode on?");
    }

    @Test
    void backendsDoNotMix() {
        Tensor here = Tensor.scalar(1);
        Tensor there = Backends.with(Backends.cpu(), () -> Tensor.scalar(1));
        assertThatThrownBy(() -> here.add(there))
                .hasMessage(
                        "add: operands are on different backends, reference and cpu; move one with"
                                + " to(…)");
    }

    private static Tensor leaf(double value) {
        return Tensor.scalar(value).requireGrad();
    }

    @Test
    void gradRefusesWhatWasNeverMarked() {
        Tensor m = Tensor.ones(2, 2);
        Tensor w = Tensor.ones(2, 2).requireGrad();
        Tensor y = m.matmul(w).sum();
        assertThatThrownBy(() -> Autograd.grad(y, m))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("requireGrad()");
        assertThatThrownBy(() -> Autograd.grad(y, w.detach()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void assignRefusesResultsAndOtherTypes() {
        Tensor x = Tensor.ones(2).requireGrad();
        Tensor y = x.mul(2);
        assertThatThrownBy(() -> y.assign(Tensor.zeros(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("result of mul");
        assertThatThrownBy(() -> x.assign(Tensor.of(new int[2], 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("assign: values of type I32 do not fit");
    }
}
