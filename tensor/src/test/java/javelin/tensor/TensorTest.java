package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnReference.class)
class TensorTest {
    @Test
    void valuesMustFillTheShape() {
        assertThatThrownBy(() -> Tensor.of(new double[5], 2, 3))
                .isInstanceOf(ShapeException.class)
                .hasMessage("tensor: 5 values do not fill shape [2, 3], which has 6 elements");
    }

    @Test
    void arithmeticWithNumbers() {
        Tensor x = Tensor.of(new double[] {1, 2, 4}, 3);
        assertThat(x.add(1).doubles()).containsExactly(2, 3, 5);
        assertThat(x.sub(1).doubles()).containsExactly(0, 1, 3);
        assertThat(x.rsub(1).doubles()).containsExactly(0, -1, -3);
        assertThat(x.mul(2).doubles()).containsExactly(2, 4, 8);
        assertThat(x.div(2).doubles()).containsExactly(0.5, 1, 2);
        assertThat(x.rdiv(4).doubles()).containsExactly(4, 2, 1);
        assertThat(x.pow(2).doubles()).containsExactly(1, 4, 16);
        assertThat(x.mean().item()).isCloseTo(7.0 / 3, within(1e-15));
    }

    @Test
    void powerHasADerivativeAtZero() {
        Tensor x = Tensor.zeros(1).requireGrad();
        assertThat(Autograd.grad(x.pow(0).sum(), x).item()).isEqualTo(0);
        assertThat(Autograd.grad(x.pow(1).sum(), x).item()).isEqualTo(1);
        assertThat(Autograd.grad(x.pow(2).sum(), x).item()).isEqualTo(0);
    }

    @Test
    void assignWritesALeafInPlace() {
        Tensor x = Tensor.zeros(2);
        x.assign(Tensor.of(new double[] {3, 4}, 2));
        assertThat(x.doubles()).containsExactly(3, 4);
        assertThatThrownBy(() -> x.assign(Tensor.zeros(3)))
                .hasMessage("assign: values of shape [3] do not fit a tensor of shape [2]");
    }

    @Test
    void onlyLeavesOfNumbersTakeGradients() {
        Tensor y = Tensor.zeros(2).requireGrad().neg();
        assertThatThrownBy(y::requireGrad)
                .hasMessage(
                        "requireGrad: only a leaf of real numbers can be marked, not the result of"
                                + " neg");
        assertThatThrownBy(() -> Tensor.of(new int[1], 1).requireGrad())
                .hasMessage("requireGrad: only a leaf of real numbers can be marked, not type I32");
    }

    @Test
    void itemNeedsOneElement() {
        assertThatThrownBy(() -> Tensor.zeros(2).item())
                .hasMessage("item: shape [2] has not one element");
        assertThat(Tensor.of(new int[] {7}, 1).item()).isEqualTo(7);
    }

    @Test
    void movesBetweenBackends() {
        Tensor x = Tensor.of(new double[] {1, 2}, 2);
        Tensor there = x.to(Backends.cpu());
        assertThat(there.type()).isEqualTo(DType.F32);
        assertThat(there.to(Backends.reference()).doubles()).containsExactly(1, 2);
        assertThat(x.to(Backends.reference())).isSameAs(x);
    }

    @Test
    void reshapeWorksOutOneSize() {
        assertThat(Tensor.zeros(2, 6).reshape(3, -1).shape()).isEqualTo(Shape.of(3, 4));
        assertThat(Tensor.zeros(1).reshape().shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void detachForgetsHistory() {
        Tensor y = Tensor.ones(1).requireGrad().neg();
        assertThat(y.detach().requiresGrad()).isFalse();
        assertThat(y.detach().item()).isEqualTo(-1);
    }
}
