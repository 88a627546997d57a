package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.io.AtomicFile;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class TrainerTest {
    @TempDir Path folder;

    private final Toys.Diary diary = new Toys.Diary();

    private static Feed moons(int n) {
        Batch all = Toys.moons(n, 1);
        return Feed.shuffled(all.inputs(), all.targets(), 20, Rng.seed(2));
    }

    private static Evaluator held() {
        Batch all = Toys.moons(200, 3);
        return Evaluator.classification(
                "validation", Feed.inOrder(all.inputs(), all.targets(), 64));
    }

    private Trainer trainer(Module model, int epochs, TrainListener... listeners) {
        return new Trainer(model, Toys.config(epochs, 0.1), Saving.in(folder), List.of(listeners));
    }

    @Test
    void learnsTwoMoons() {
        Module model = Toys.mlp(4);
        var trainer = new Trainer(model, Toys.config(30, 0.1), Saving.none(), List.of());
        var outcome = trainer.fit(moons(400), held(), new StopSignal());
        double[] losses = outcome.history().values("loss");
        assertThat(losses).hasSize(30);
        assertThat(losses[29]).isLessThan(losses[0] / 4);
        assertThat(held().report(model).accuracy()).isGreaterThan(0.97);
        assertThat(outcome.history().values("validation_accuracy")[29])
                .isEqualTo(held().report(model).accuracy());
    }

    @Test
    void tellsItsListenersInOrder() {
        trainer(Toys.mlp(4), 2, diary).fit(moons(40), held(), new StopSignal());
        assertThat(diary.events)
                .containsExactly(
                        "start at 0",
                        "step 1",
                        "step 2",
                        "last.safetensors",
                        "evaluate [validation_loss, validation_accuracy]",
                        "epoch 1 [loss, validation_loss, validation_accuracy]",
                        "last.safetensors",
                        "step 3",
                        "step 4",
                        "last.safetensors",
                        "evaluate [validation_loss, validation_accuracy]",
                        "epoch 2 [loss, validation_loss, validation_accuracy]",
                        "last.safetensors",
                        "FINISHED: all 2 epochs are done, after step 4 of 4");
    }

    @Test
    void lossOfAnEpochIsTheMeanOverItsExamples() {
        Feed uneven = moons(50); // batches of 20, 20 and 10
        var outcome = trainer(Toys.mlp(4), 1, diary).fit(uneven);
        double mean =
                (20 * diary.losses.get(1L) + 20 * diary.losses.get(2L) + 10 * diary.losses.get(3L))
                        / 50;
        assertThat(outcome.history().values("loss")).containsExactly(mean);
    }

    @Test
    void theBestCheckpointIsTheBest() throws IOException {
        var saving = Saving.in(folder).withBest(Monitor.highest("score"));
        var trainer = new Trainer(Toys.mlp(4), Toys.config(5, 0.1), saving, List.of(diary));
        var outcome =
                trainer.fit(
                        moons(40), Toys.scores(0.3, 0.8, Double.NaN, 0.8, 0.5), new StopSignal());
        Checkpoint best = Checkpoint.read(outcome.best());
        assertThat(best.step()).isEqualTo(4); // after epoch 2
        assertThat(best.history().values("score")).containsExactly(0.3, 0.8);
        assertThat(diary.events.stream().filter(e -> e.startsWith("best"))).hasSize(2);
        assertThat(outcome.history().best(Monitor.highest("score")).orElseThrow().epoch())
                .isEqualTo(2);
    }

    @Test
    void theBestCheckpointNeedsItsMetric() {
        var saving = Saving.in(folder).withBest(Monitor.highest("f1"));
        var trainer = new Trainer(Toys.mlp(4), Toys.config(5, 0.1), saving, List.of());
        assertThatThrownBy(() -> trainer.fit(moons(40)))
                .hasMessage("saving: no metric 'f1' for the best checkpoint; this run has [loss]");
    }

    @Test
    void earlyStoppingEndsTheRun() {
        var stopping = new EarlyStopping(Monitor.highest("score"), 2, 0);
        var outcome =
                trainer(Toys.mlp(4), 9, stopping)
                        .fit(moons(40), Toys.scores(0.3, 0.8, 0.7, 0.6, 0.9), new StopSignal());
        assertThat(outcome.stop().reason()).isEqualTo(TrainListener.Reason.LISTENER);
        assertThat(outcome.stop().epoch()).isEqualTo(4);
        assertThat(outcome.stop().message())
                .isEqualTo(
                        "early stopping: score was not better than 0.800000 for 2 evaluations,"
                                + " after step 8 of 18");
    }

    @Test
    void aStopSignalEndsTheRunAfterTheStepWithACheckpoint() throws IOException {
        var signal = new StopSignal();
        var outcome =
                trainer(Toys.mlp(4), 9, Toys.stopAt(5, signal)).fit(moons(80), held(), signal);
        assertThat(outcome.stop().reason()).isEqualTo(TrainListener.Reason.INTERRUPTED);
        assertThat(outcome.stop().message()).isEqualTo("stopped on request, after step 5 of 36");
        Checkpoint last = Checkpoint.read(outcome.last());
        assertThat(last.step()).isEqualTo(5);
        assertThat(last.epoch()).isEqualTo(2);
    }

    @Test
    void clippingLimitsTheLengthOfAStep() {
        Module model = Toys.mlp(4);
        double[] before = model.parameters().get("0.weight").doubles();
        var config = Toys.config(1, 1).withClipNorm(1e-3);
        new Trainer(model, config, Saving.none(), List.of(diary))
                .fit(Feed.inOrder(Toys.moons(20, 1).inputs(), Toys.moons(20, 1).targets(), 20));
        double[] after = model.parameters().get("0.weight").doubles();
        double moved = 0;
        for (int i = 0; i < after.length; i++) {
            moved += (after[i] - before[i]) * (after[i] - before[i]);
        }
        assertThat(Math.sqrt(moved)).isBetween(1e-5, 1.001e-3);
    }

    @Test
    void theAverageIsEvaluatedAndSavedForUse() throws IOException {
        Module model = Toys.mlp(4);
        var config = Toys.config(3, 0.1).withAverage(0.9);
        var outcome =
                new Trainer(model, config, Saving.in(folder), List.of())
                        .fit(moons(80), held(), new StopSignal());
        Module saved = Toys.mlp(5);
        Checkpoint.read(outcome.last()).loadWeights(saved);
        assertThat(held().report(saved).loss())
                .isEqualTo(outcome.history().values("validation_loss")[2])
                .isNotEqualTo(held().report(model).loss());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedBeforeTheFirstStep() throws IOException {
        Path file = folder.resolve("taken");
        AtomicFile.write(file, "x");
        var trainer =
                new Trainer(
                        Toys.mlp(4),
                        Toys.config(1, 0.1),
                        Saving.in(file.resolve("run")),
                        List.of(diary));
        assertThatThrownBy(() -> trainer.fit(moons(40)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("saving: cannot write checkpoints to ")
                .hasMessageContaining("taken");
        assertThat(diary.events).hasSize(1).first().asString().startsWith("FAILED");
    }

    @Test
    void aListenerThatFailsEndsTheRunWithACheckpoint() throws IOException {
        TrainListener full =
                new TrainListener() {
                    @Override
                    public void onStep(Step step) {
                        if (step.step() == 3) {
                            throw new UncheckedIOException(new IOException("disk full"));
                        }
                    }
                };
        assertThatThrownBy(() -> trainer(Toys.mlp(4), 2, full, diary).fit(moons(80)))
                .hasMessageContaining("disk full");
        assertThat(Checkpoint.read(folder.resolve("last.safetensors")).step()).isEqualTo(3);
        assertThat(diary.events.getLast()).startsWith("FAILED: ").contains("disk full");
    }

    @Test
    void aPassThatFailsLeavesTheStateBeforeItsStep() throws IOException {
        Module model = Toys.cnn(4);
        Batch all = Toys.corners(41, 1); // the last batch has one example
        Objective picky =
                (m, b) -> {
                    Tensor loss = Objective.classification(0).loss(m, b);
                    if (b.size() == 1) {
                        throw new IllegalStateException("one example is too few");
                    }
                    return loss;
                };
        var config = new TrainConfig(1, new Sgd(), new Schedule.Constant(1), picky);
        var trainer = new Trainer(model, config, Saving.in(folder), List.of());
        assertThatThrownBy(() -> trainer.fit(Feed.inOrder(all.inputs(), all.targets(), 20)))
                .hasMessage("one example is too few");
        Checkpoint last = Checkpoint.read(folder.resolve("last.safetensors"));
        assertThat(last.step()).isEqualTo(2);
        Module good = Toys.cnn(4);
        new Trainer(good, config, Saving.none(), List.of()).fit(first(all, 40));
        assertThat(last.tensors(Checkpoint.MODEL).get("1.running_mean").floats())
                .isEqualTo(good.state().get("1.running_mean").floats());
    }

    /// The first examples, in order, in batches of 20.
    private static Feed first(Batch all, int n) {
        int[] shape = all.inputs().shape().with(0, n).dims();
        int length = all.inputs().shape().with(0, n).length();
        return Feed.inOrder(
                Tensor.of(Arrays.copyOf(all.inputs().floats(), length), shape),
                Tensor.of(Arrays.copyOf(all.targets().ints(), n), n),
                20);
    }

    @Test
    void aRunThatFailsAtItsStartLeavesOlderCheckpointsAlone() throws IOException {
        trainer(Toys.mlp(4), 1).fit(moons(40));
        TrainListener fails =
                new TrainListener() {
                    @Override
                    public void onStart(Run run) {
                        throw new IllegalStateException("not today");
                    }
                };
        assertThatThrownBy(() -> trainer(Toys.mlp(4), 1, fails).fit(moons(40)))
                .hasMessage("not today");
        assertThat(Checkpoint.read(folder.resolve("last.safetensors")).step()).isEqualTo(2);
    }

    @Test
    void listenersMustHaveKeysOfTheirOwn() {
        var first = new EarlyStopping(Monitor.lowest("loss"), 1, 0);
        var second = new EarlyStopping(Monitor.lowest("loss"), 2, 0);
        assertThatThrownBy(() -> trainer(Toys.mlp(4), 1, first, second).fit(moons(40)))
                .hasMessageContaining("EarlyStopping")
                .hasMessageContaining("key");
    }

    // ---- numbers that are not finite ----

    private NotFiniteException fails(Module model, Feed feed, double rate) {
        var trainer = new Trainer(model, Toys.config(9, rate), Saving.in(folder), List.of(diary));
        try {
            trainer.fit(feed);
        } catch (NotFiniteException e) {
            assertThat(diary.events.getLast()).isEqualTo("NOT_FINITE: " + e.getMessage());
            return e;
        }
        throw new AssertionError("the run ended well");
    }

    @Test
    void namesAnInputThatIsNotFinite() {
        Batch all = Toys.moons(40, 1);
        float[] points = all.inputs().floats();
        points[60] = Float.NaN;
        Feed feed = Feed.inOrder(Tensor.of(points, 40, 2), all.targets(), 20);
        NotFiniteException e = fails(Toys.mlp(4), feed, 0.1);
        assertThat(e.step()).isEqualTo(2);
        assertThat(e)
                .hasMessageContaining(
                        "step 2 met a number that is not finite, first in the inputs [20, 2] of the batch");
    }

    @Test
    void namesAParameterThatIsNotFinite() {
        Module model = Toys.mlp(4);
        Tensor bias = model.parameters().get("2.bias");
        bias.assign(Tensor.full(Double.NaN, 2));
        assertThat(fails(model, moons(40), 0.1).where())
                .isEqualTo("parameter 2.bias [2], before the step");
    }

    @Test
    void namesTheFirstOpThatOverflows() {
        Module model = Toys.mlp(4);
        model.parameters().get("2.weight").assign(Tensor.full(2e38, 16, 2));
        assertThat(fails(model, moons(40), 0.1).where())
                .contains("the result [20, 2] of linear with 2.weight in the forward pass")
                .contains("its inputs reach 2.00e+38");
    }

    @Test
    void namesAGradientThatIsNotFinite() {
        Module model = new Kink();
        assertThat(fails(model, moons(40), 0.1).where())
                .startsWith("the gradient of parameter weight [2], from the result")
                .contains("in the backward pass");
    }

    @Test
    void namesALengthThatOverflowsThoughNoGradientDoes() {
        Objective steep = (m, b) -> Objective.classification(0).loss(m, b).mul(1e25);
        var config = new TrainConfig(1, new Sgd(), new Schedule.Constant(1), steep);
        var trainer = new Trainer(Toys.mlp(4), config, Saving.none(), List.of());
        assertThatThrownBy(() -> trainer.fit(moons(40)))
                .isInstanceOf(NotFiniteException.class)
                .hasMessageContaining("the length of all gradients together");
    }

    @Test
    void savesTheStateBeforeTheStep() throws IOException {
        Batch all = Toys.corners(40, 1);
        float[] images = all.inputs().floats();
        images[30 * 36] = Float.POSITIVE_INFINITY;
        Module model = Toys.cnn(4);
        fails(model, Feed.inOrder(Tensor.of(images, 40, 6, 6, 1), all.targets(), 20), 0.1);
        Module good = Toys.cnn(4);
        new Trainer(good, Toys.config(1, 0.1), Saving.none(), List.of()).fit(first(all, 20));
        Checkpoint saved = Checkpoint.read(folder.resolve("notfinite.safetensors"));
        assertThat(saved.step()).isEqualTo(1);
        saved.tensors(Checkpoint.MODEL)
                .forEach((name, t) ->
                        assertThat(t.floats()).as(name).isEqualTo(good.state().get(name).floats()));
        assertThat(model.generators().get("4.mask").state())
                .isEqualTo(good.generators().get("4.mask").state());
    }

    /// Finite forwards, but its slope at 0 is not.
    private static final class Kink extends Module {
        private final Tensor weight = param("weight", Tensor.zeros(2));

        @Override
        public Tensor forward(Tensor x) {
            return x.add(weight.abs().sqrt());
        }
    }
}
