package javelin.nn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

import java.util.List;

class MetricsTest {
    private static final Tensor LOGITS =
            Tensor.of(new float[] {1, 2, 3, 3, 2, 1, 2, 2, 1, Float.NaN, 0, 0}, 4, 3);

    @Test
    void accuracyCountsTheRankOfTheLabel() {
        Tensor labels = Tensor.of(new int[] {2, 1, 0, 0}, 4);
        assertThat(Accuracy.hits(LOGITS, labels, 1))
                .isEqualTo(2); // the third is a tie, NaN is wrong
        assertThat(Accuracy.top1(LOGITS, labels)).isEqualTo(0.5);
        assertThat(Accuracy.topK(LOGITS, labels, 2)).isEqualTo(0.75);
        assertThat(Accuracy.topK(LOGITS, labels, 3)).isEqualTo(0.75);
    }

    @Test
    void confusionMatrixGivesPrecisionRecallAndF1() {
        var m = new ConfusionMatrix(3);
        int[][] answers = {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {2, 1}};
        for (int[] a : answers) {
            m.add(a[0], a[1]);
        }
        assertThat(m.total()).isEqualTo(5);
        assertThat(m.count(0, 1)).isEqualTo(1);
        assertThat(m.support(0)).isEqualTo(3);
        assertThat(m.accuracy()).isEqualTo(0.6);
        assertThat(m.precision(1)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(m.precision(2)).isNaN();
        assertThat(m.recall(0)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(m.f1(0)).isCloseTo(0.8, within(1e-12));
        assertThat(m.macroF1()).isCloseTo((0.8 + 0.5 + 0) / 3, within(1e-12));
        assertThat(m.table(List.of("cat", "dog", "a very long name")))
                .contains("a very lon")
                .contains("66.67 %");
    }

    @Test
    void psnrIsInDecibels() {
        Tensor x = Tensor.zeros(4);
        assertThat(Psnr.psnr(x, Tensor.full(0.1, 4), 1)).isCloseTo(20, within(1e-5));
        assertThat(Psnr.psnr(x, Tensor.full(25.5, 4), 255)).isCloseTo(20, within(1e-5));
        assertThat(Psnr.psnr(x, x, 1)).isInfinite();
    }

    @Test
    void runningMeanWeighsByCount() {
        var mean = new RunningMean();
        assertThat(mean.value()).isNaN();
        mean.add(1, 3);
        mean.add(5, 1);
        assertThat(mean.value()).isEqualTo(2);
        mean.reset();
        mean.add(7, 2);
        assertThat(mean.value()).isEqualTo(7);
    }
}
