package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.conv.Geometry;
import javelin.kernels.pool.Windows;
import javelin.tensor.ops.BatchNorm;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Moments;
import javelin.tensor.ops.Relu;
import javelin.tensor.ops.SoftmaxCrossEntropy;

import org.junit.jupiter.api.Test;

/// One of everything on the default backend, in a second: the first test to run on a new machine.
class SmokeTest {
    @Test
    void aSmallNetworkLearns() {
        Rng rng = Rng.seed(1);
        Tensor x = rng.normal(0, 1, 8, 6, 6, 2);
        Tensor labels = Tensor.of(new int[] {0, 1, 2, 0, 1, 2, 0, 1}, 8);
        Tensor[] weights = {
            rng.normal(0, 0.2, 3, 3, 2, 4).requireGrad(),
            Tensor.ones(4).requireGrad(),
            Tensor.zeros(4).requireGrad(),
            rng.normal(0, 0.2, 36, 3).requireGrad(),
            Tensor.zeros(3).requireGrad()
        };
        double before = loss(x, labels, weights).item();
        for (int step = 0; step < 20; step++) {
            Gradients gradients = Autograd.backward(loss(x, labels, weights));
            for (Tensor w : weights) {
                w.assign(GradMode.off(() -> w.sub(gradients.of(w).mul(0.2))));
            }
        }
        assertThat(loss(x, labels, weights).item()).isLessThan(0.2 * before);
    }

    private static Tensor loss(Tensor x, Tensor labels, Tensor... weights) {
        Tensor h = Conv2d.conv2d(x, weights[0], Geometry.of(1, 1));
        h = BatchNorm.batchNorm(h, Moments.moments(h), weights[1], weights[2], 1e-5);
        h = MaxPool2d.maxPool2d(Relu.relu(h), Windows.Sliding.of(2, 2, 0));
        Tensor logits = Linear.linear(h.reshape(8, -1), weights[3], weights[4]);
        return SoftmaxCrossEntropy.softmaxCrossEntropy(logits, labels, 0).mean();
    }
}
