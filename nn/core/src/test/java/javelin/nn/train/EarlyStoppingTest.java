package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private final FakeRun run = new FakeRun(0);

    private void evaluate(EarlyStopping stopping, double... losses) {
        for (double loss : losses) {
            stopping.onEpochEnd(new TrainListener.Epoch(10, 1, FakeRun.metrics(loss)));
        }
    }

    @Test
    void stopsAfterPatienceWithoutImprovement() {
        var stopping = new EarlyStopping(Monitor.lowest("validation_loss"), 2, 0);
        stopping.onStart(run);
        evaluate(stopping, 0.9, 0.6, 0.7, 0.5, 0.5);
        assertThat(run.stops).isEmpty();
        evaluate(stopping, 0.6);
        assertThat(run.stops)
                .containsExactly(
                        "early stopping: validation_loss was not better than 0.166667 for 2"
                                + " evaluations");
    }

    @Test
    void improvementBelowTheMarginDoesNotCount() {
        var stopping = new EarlyStopping(Monitor.highest("validation_accuracy"), 1, 0.1);
        stopping.onStart(run);
        evaluate(stopping, 0.9, 0.85);
        assertThat(run.stops).hasSize(1);
    }

    @Test
    void notANumberIsNoImprovement() {
        var stopping = new EarlyStopping(Monitor.lowest("loss"), 1, 0);
        stopping.onStart(run);
        evaluate(stopping, Double.NaN);
        assertThat(run.stops).hasSize(1);
    }

    @Test
    void goesOnFromItsState() {
        var first = new EarlyStopping(Monitor.lowest("loss"), 2, 0);
        first.onStart(run);
        evaluate(first, 0.5, 0.6);
        var second = new EarlyStopping(Monitor.lowest("loss"), 2, 0);
        second.restore(first.state());
        second.onStart(run);
        assertThat(run.stops).isEmpty();
        evaluate(second, 0.55);
        assertThat(run.stops).hasSize(1);
    }

    @Test
    void anUnknownMetricIsNamedAtTheStart() {
        var stopping = new EarlyStopping(Monitor.lowest("f1"), 2, 0);
        assertThatThrownBy(() -> stopping.onStart(run))
                .hasMessageContaining("no metric 'f1'")
                .hasMessageContaining("validation_accuracy");
    }
}
