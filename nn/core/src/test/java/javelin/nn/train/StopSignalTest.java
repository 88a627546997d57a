package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

class StopSignalTest {
    @TempDir Path folder;

    @Test
    void isGivenOnceAndForAll() {
        var signal = new StopSignal();
        assertThat(signal.isRequested()).isFalse();
        signal.request();
        signal.request();
        assertThat(signal.isRequested()).isTrue();
    }

    @Test
    void closingTwiceIsFine() {
        var signal = StopSignal.onExit(Duration.ofSeconds(1));
        signal.close();
        signal.close();
        assertThat(signal.isRequested()).isFalse();
    }

    @Test
    void aTerminatedProcessSavesItsState() throws Exception {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        assumeTrue(!windows, "Windows ends a process without asking it");
        Process child = ChildJvm.run(Child.class, "-Xmx128m", "-Dfolder=" + folder).start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.equals("running")) {
                line = out.readLine();
            }
            child.toHandle().destroy(); // SIGTERM; Process.destroy would close the pipe, too
            assertThat(out.lines()).anyMatch(l -> l.startsWith("INTERRUPTED: stopped on request"));
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Checkpoint last = Checkpoint.read(folder.resolve("last.safetensors"));
        assertThat(last.step()).isGreaterThanOrEqualTo(5);
    }

    /// Trains until it is ended.
    static final class Child {
        private Child() {}

        static void main() throws IOException {
            Batch all = Toys.moons(100, 1);
            Feed feed = Feed.shuffled(all.inputs(), all.targets(), 10, Rng.seed(2));
            TrainListener print =
                    new TrainListener() {
                        @Override
                        public void onStep(Step step) {
                            if (step.step() == 5) {
                                System.out.println("running");
                            }
                        }

                        @Override
                        public void onStop(Stop stop) {
                            System.out.println(stop.reason() + ": " + stop.message());
                        }
                    };
            Path folder = Path.of(System.getProperty("folder"));
            try (var stop = StopSignal.onExit(Duration.ofSeconds(20))) {
                new Trainer(
                                Toys.mlp(4),
                                Toys.config(1_000_000, 0.01),
                                Saving.in(folder),
                                List.of(print))
                        .fit(feed, null, stop);
            }
        }
    }
}
