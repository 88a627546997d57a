package javelin.tensor.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Autograd;
import javelin.tensor.OnReference;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;

/// Ops with kernels of their own against the same formula composed of other ops.
@ExtendWith(OnReference.class)
class FusedTest {
    private final Rng rng = Rng.seed(3);

    @Test
    void batchNormIsItsComposition() {
        Tensor x = rng.normal(1, 2, 6, 2, 3).requireGrad();
        Tensor gamma = rng.uniform(0.5, 2, 3).requireGrad();
        Tensor beta = rng.normal(0, 1, 3).requireGrad();
        Tensor fused = BatchNorm.batchNorm(x, Moments.moments(x), gamma, beta, 1e-2);
        Tensor composed = new BatchNorm(1e-2).composed(x, gamma, beta);
        agree(fused, composed, List.of(x, gamma, beta));
    }

    @Test
    void softmaxCrossEntropyIsItsComposition() {
        Tensor x = rng.normal(0, 2, 5, 4).requireGrad();
        Tensor labels = Tensor.of(new int[] {3, 0, -1, 1, 1}, 5);
        Tensor fused = SoftmaxCrossEntropy.softmaxCrossEntropy(x, labels, 0.1);
        Tensor composed = new SoftmaxCrossEntropy(0.1).composed(x, labels);
        agree(fused, composed, List.of(x));
    }

    @Test
    void softmaxCrossEntropyByHand() {
        Tensor x = Tensor.of(new double[] {0, Math.log(3)}, 1, 2); // probabilities ¼ and ¾
        Tensor labels = Tensor.of(new int[] {1}, 1);
        assertThat(SoftmaxCrossEntropy.softmaxCrossEntropy(x, labels, 0).item())
                .isCloseTo(Math.log(4.0 / 3), within(1e-12));
    }

    private void agree(Tensor fused, Tensor composed, List<Tensor> xs) {
        close(fused, composed);
        Tensor dy = rng.normal(0, 1, fused.shape().dims());
        List<Tensor> kernels = Autograd.vjp(fused, dy, xs, false);
        List<Tensor> ops = Autograd.vjp(fused, dy, xs, true);
        List<Tensor> oracle = Autograd.vjp(composed, dy, xs, true);
        for (int i = 0; i < xs.size(); i++) {
            close(kernels.get(i), oracle.get(i));
            close(ops.get(i), oracle.get(i));
        }
        List<Tensor> second = Autograd.grad(ops.getFirst().square().sum(), xs);
        List<Tensor> expected = Autograd.grad(oracle.getFirst().square().sum(), xs);
        for (int i = 0; i < xs.size(); i++) {
            close(second.get(i), expected.get(i));
        }
    }

    private static void close(Tensor a, Tensor b) {
        assertThat(a.doubles()).containsExactly(b.doubles(), within(1e-9));
    }
}
