package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Buffer;
import javelin.tensor.ops.Relu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.ref.WeakReference;

/// What a recorded graph holds on to.
@ExtendWith(OnReference.class)
class MemoryTest {
    /// A recorded result, and the memory of the number in the middle of its computation.
    private record Recorded(Tensor result, WeakReference<Buffer> middle) {}

    @Test
    void opsThatKeepNothingFreeTheirInputs() {
        Tensor x = Tensor.zeros(1000).requireGrad();
        Tensor middle = x.add(1);
        var recorded = new Recorded(middle.neg(), new WeakReference<>(middle.view().buffer()));
        middle = null; // the local variable would keep it
        assertThat(isCollected(recorded.middle)).isTrue();
        assertThat(Autograd.backward(recorded.result.sum()).of(x).doubles()).containsOnly(-1);
    }

    @Test
    void opsThatKeepTheOutputFreeTheirInputs() {
        Tensor x = Tensor.ones(1000).requireGrad();
        Tensor middle = x.add(1);
        var recorded = new Recorded(Relu.relu(middle), new WeakReference<>(middle.view().buffer()));
        middle = null;
        assertThat(isCollected(recorded.middle)).isTrue();
        assertThat(Autograd.backward(recorded.result.sum()).of(x).doubles()).containsOnly(1);
    }

    @Test
    void aFactorIsKeptOnlyForTheGradientOfTheOther() {
        Tensor x = Tensor.ones(1000).requireGrad();
        Tensor middle = x.add(1);
        Tensor mask = Tensor.full(2, 1000); // a constant: nobody needs the values of `middle`
        var recorded = new Recorded(middle.mul(mask), new WeakReference<>(middle.view().buffer()));
        middle = null;
        assertThat(isCollected(recorded.middle)).isTrue();
        assertThat(Autograd.backward(recorded.result.sum()).of(x).doubles()).containsOnly(2);
    }

    @Test
    void opsThatNeedTheirInputsKeepThem() {
        Tensor x = Tensor.ones(1000).requireGrad();
        Tensor middle = x.add(1);
        var recorded = new Recorded(middle.square(), new WeakReference<>(middle.view().buffer()));
        middle = null;
        System.gc();
        assertThat(recorded.middle.get()).isNotNull();
        assertThat(Autograd.backward(recorded.result.sum()).of(x).doubles()).containsOnly(4);
    }

    @Test
    void chainsWithoutGradientsHoldOneResult() {
        Tensor x = Tensor.zeros(1000);
        Tensor middle = x.add(1);
        var recorded = new Recorded(middle.square(), new WeakReference<>(middle.view().buffer()));
        middle = null;
        assertThat(isCollected(recorded.middle)).isTrue();
        assertThat(recorded.result.doubles()).containsOnly(1);
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }
}
