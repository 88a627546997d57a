package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.io.FormatException;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A run that is stopped and resumed gives the bits of one that is not.
class ResumeTest {
    private static final int EPOCHS = 3;
    private static final int STEPS = 3 * 5;

    @TempDir Path folder;

    /// One run, or a part of one.
    private final class Part {
        final Module model = Toys.cnn(4);
        final Toys.Diary diary = new Toys.Diary();
        final StopSignal signal = new StopSignal();
        final Path at;

        Part(String name) {
            at = folder.resolve(name);
        }

        Trainer trainer(TrainConfig config, long stopAfter) {
            var saving = Saving.in(at).withBest(Monitor.highest("validation_accuracy"));
            List<TrainListener> listeners =
                    List.of(
                            diary,
                            new CsvLog(at),
                            new EarlyStopping(Monitor.lowest("loss"), 99, 0),
                            Toys.stopAt(stopAfter, signal));
            return new Trainer(model, config, saving, listeners);
        }

        Trainer.Outcome fit(long stopAfter) {
            return trainer(config(), stopAfter).fit(feed(70), held(), signal);
        }

        Trainer.Outcome resume(long stopAfter) throws IOException {
            return trainer(config(), stopAfter)
                    .resume(at.resolve("last.safetensors"), feed(70), held(), signal);
        }
    }

    private static TrainConfig config() {
        return Toys.config(EPOCHS, 0.05).withClipNorm(2).withAverage(0.8);
    }

    private static Feed feed(int n) {
        Batch all = Toys.corners(n, 1);
        Feed shuffled = Feed.shuffled(all.inputs(), all.targets(), 15, Rng.seed(2));
        return new Toys.Noisy(shuffled, Rng.seed(3));
    }

    private static Evaluator held() {
        Batch all = Toys.corners(40, 5);
        return Evaluator.classification(
                "validation", Feed.inOrder(all.inputs(), all.targets(), 15));
    }

    private Part whole(String name) {
        var whole = new Part(name);
        assertThat(whole.fit(-1).stop().reason()).isEqualTo(TrainListener.Reason.FINISHED);
        return whole;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 8, 14})
    void aResumedRunGivesTheSameBits(int stop) throws IOException {
        Part whole = whole("whole");
        var first = new Part("parts");
        assertThat(first.fit(stop).stop().step()).isEqualTo(stop);
        var second = new Part("parts");
        second.resume(-1);

        Map<Long, Double> losses = new LinkedHashMap<>(first.diary.losses);
        losses.putAll(second.diary.losses);
        assertThat(losses).hasSize(STEPS).isEqualTo(whole.diary.losses);
        assertThat(second.diary.losses).hasSize(STEPS - stop);
        assertSameFiles(whole, second);
    }

    @Test
    void aRunMayBeResumedMoreThanOnce() throws IOException {
        Part whole = whole("whole");
        new Part("parts").fit(2);
        new Part("parts").resume(7);
        var last = new Part("parts");
        last.resume(-1);
        assertSameFiles(whole, last);
    }

    @Test
    void oneAndTwoThreadsGiveTheSameBits() throws IOException {
        boolean simd = Simd.isAvailable();
        Supplier<Part> one = () -> whole("one");
        Supplier<Part> two = () -> whole("two");
        Part with1 = Backends.with(new CpuBackend(1, simd), one);
        Part with2 = Backends.with(new CpuBackend(2, simd), two);
        assertThat(with1.diary.losses).isEqualTo(with2.diary.losses);
        assertSameFiles(with1, with2);
    }

    /// Whole checkpoint files: weights, buffers, averages, momentum, generators, history, state of
    /// the listeners; and the tables but for the seconds.
    private void assertSameFiles(Part expected, Part actual) throws IOException {
        for (String file : List.of("last.safetensors", "best.safetensors", "epochs.csv")) {
            assertThat(Files.mismatch(expected.at.resolve(file), actual.at.resolve(file)))
                    .as("first difference of " + file)
                    .isEqualTo(-1);
        }
        assertThat(steps(actual)).hasSize(STEPS + 1).isEqualTo(steps(expected));
    }

    private static List<String> steps(Part part) throws IOException {
        return Files.readAllLines(part.at.resolve("steps.csv")).stream()
                .map(row -> row.substring(0, row.lastIndexOf(',')))
                .toList();
    }

    @Test
    void moreEpochsGoOnWhereTheRunEnded() throws IOException {
        whole("longer");
        var more = new Part("longer");
        var config =
                new TrainConfig(
                        EPOCHS + 1,
                        config().optimizer(),
                        config().schedule(),
                        config().objective(),
                        config().clipNorm(),
                        config().averageDecay());
        Path last = more.at.resolve("last.safetensors");
        var outcome = more.trainer(config, -1).resume(last, feed(70), held(), more.signal);
        assertThat(outcome.stop().step()).isEqualTo(STEPS + 5);
        assertThat(outcome.history().epochs()).hasSize(EPOCHS + 1);
    }

    // ---- what cannot be resumed ----

    private void refuses(TrainConfig config, Module model, Feed feed, String... sentence)
            throws IOException {
        new Part("run").fit(3);
        Path last = folder.resolve("run").resolve("last.safetensors");
        var trainer = new Trainer(model, config, Saving.none(), List.of());
        assertThatThrownBy(() -> trainer.resume(last, feed, null, new StopSignal()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("resume: ")
                .hasMessageContainingAll(sentence)
                .hasMessageEndingWith("; use the same settings or start a new run");
    }

    @Test
    void anotherOptimizerIsRefused() throws IOException {
        var other =
                new TrainConfig(
                        EPOCHS,
                        new Sgd(0.5, false, Optimizer.Decay.NONE),
                        new Schedule.Constant(0.05),
                        Objective.classification(0),
                        2,
                        0.8);
        refuses(other, Toys.cnn(4), feed(70), "optimizer Sgd[momentum=0.9", "has Sgd[momentum=0.5");
    }

    @Test
    void otherDataIsRefused() throws IOException {
        refuses(config(), Toys.cnn(4), feed(71), "data [70, 6, 6, 1]", "has [71, 6, 6, 1]");
    }

    @Test
    void anotherNetworkIsRefused() throws IOException {
        refuses(
                config(),
                Toys.mlp(4),
                feed(70),
                "network Sequential with 628 parameters",
                "has Sequential with 82 parameters");
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        new Part("run").fit(3);
        Path last = folder.resolve("run").resolve("last.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        byte[] flipped = bytes.clone();
        flipped[bytes.length - 9] ^= 4; // in the values
        Files.write(last, flipped);
        assertThatThrownBy(() -> new Part("run").resume(-1))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        "is damaged, its checksum does not fit its content; use an older checkpoint");
        Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> new Part("run").resume(-1))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("cut short");
        Files.writeString(last, "PK, a file of another kind");
        assertThatThrownBy(() -> new Part("run").resume(-1)).isInstanceOf(FormatException.class);
        Files.delete(last);
        assertThatThrownBy(() -> new Part("run").resume(-1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void aModelFileIsNoCheckpoint() throws IOException {
        Path file = folder.resolve("model.safetensors");
        javelin.nn.io.Safetensors.write(file, Map.of(), Map.of());
        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("no checkpoint of a training run");
    }
}
