package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.nn.Module;
import javelin.nn.data.Feed;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

import java.util.List;

class EvaluatorTest {
    /// Takes its input for logits.
    private static final Module IDENTITY =
            new Module() {
                @Override
                public Tensor forward(Tensor x) {
                    assertThat(isTraining()).isFalse();
                    return x;
                }
            };

    // guesses 0, 1, 1, 2, 0 for labels 0, 1, 2, 2, 0
    private static final Tensor LOGITS =
            Tensor.of(new float[] {5, 0, 0, 0, 5, 0, 0, 5, 1, 0, 0, 5, 5, 0, 0}, 5, 3);
    private static final Tensor LABELS = Tensor.of(new int[] {0, 1, 2, 2, 0}, 5);

    private final Evaluator evaluator =
            Evaluator.classification("test", Feed.inOrder(LOGITS, LABELS, 2));

    @Test
    void countsConfusions() {
        Evaluator.Report report = evaluator.report(IDENTITY);
        long[][] expected = {{2, 0, 0}, {0, 1, 0}, {0, 1, 1}};
        for (int truth = 0; truth < 3; truth++) {
            for (int answer = 0; answer < 3; answer++) {
                assertThat(report.confusion().count(truth, answer))
                        .isEqualTo(expected[truth][answer]);
            }
        }
        assertThat(report.accuracy()).isEqualTo(0.8);
    }

    @Test
    void noExamplesAreAnError() {
        Feed empty = Feed.inOrder(Tensor.zeros(0, 3), Tensor.of(new int[0], 0), 2);
        assertThatThrownBy(() -> Evaluator.classification("test", empty).report(IDENTITY))
                .hasMessage("evaluate: there are no examples to judge by");
    }

    @Test
    void lossIsTheMeanCrossEntropy() {
        double right = Math.log(1 + 2 * Math.exp(-5));
        double wrong = Math.log(1 + Math.exp(4) + Math.exp(-1));
        assertThat(evaluator.measure(IDENTITY).get("test_loss"))
                .isCloseTo((4 * right + wrong) / 5, within(1e-6));
        assertThat(evaluator.measure(IDENTITY)).containsOnlyKeys(evaluator.names());
    }

    @Test
    void leavesTheModelInTheModeItWas() {
        evaluator.report(IDENTITY);
        assertThat(IDENTITY.isTraining()).isTrue();
    }

    @Test
    void batchesDoNotChangePredictions() {
        List<Prediction> at2 = Prediction.of(IDENTITY, LOGITS, 2);
        List<Prediction> at5 = Prediction.of(IDENTITY, LOGITS, 5);
        assertThat(at2.stream().map(Prediction::label)).containsExactly(0, 1, 1, 2, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(at2.get(i).probabilities()).isEqualTo(at5.get(i).probabilities());
            assertThat(at2.get(i).confidence()).isGreaterThan(0.9f);
        }
    }

    @Test
    void ofEqualScoresTheFirstWins() {
        Tensor even = Tensor.of(new float[] {1, 3, 3}, 1, 3);
        assertThat(Prediction.of(IDENTITY, even, 1).getFirst().label()).isEqualTo(1);
    }
}
