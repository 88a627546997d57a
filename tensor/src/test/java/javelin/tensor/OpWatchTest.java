package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backends;
import javelin.tensor.ops.Exp;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OpWatchTest {
    private final List<String> seen = new ArrayList<>();

    private void note(Op op, List<Tensor> inputs, Tensor result, long nanos) {
        assertThat(nanos).isNotNegative();
        seen.add(op.name() + " " + result.shape() + " of " + inputs.size());
    }

    @Test
    void isToldOfOpsForwardAndBackwardInOrder() {
        Tensor x =
                Backends.with(Backends.reference(), () -> Tensor.of(new float[] {1, 2, 3}, 3))
                        .requireGrad();
        Tensor y = OpWatch.during(this::note, () -> Exp.exp(x).sum());
        assertThat(seen).containsExactly("exp [3] of 1", "sum [] of 1");
        seen.clear();
        OpWatch.during(this::note, () -> Autograd.backward(y));
        assertThat(seen).endsWith("broadcastTo [3] of 1", "mul [3] of 2");
    }

    @Test
    void isNotToldOfOtherWork() {
        OpWatch.during(this::note, () -> 1);
        Backends.with(Backends.reference(), () -> Tensor.ones(2).mul(2));
        assertThat(seen).isEmpty();
    }
}
