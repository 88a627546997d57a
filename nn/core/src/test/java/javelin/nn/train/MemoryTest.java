package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backends;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A long run keeps the memory of its process flat.
class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEGABYTES = 32; // the garbage collector and the JIT may breathe

    @Test
    void tenThousandStepsDoNotGrowTheProcess() throws Exception {
        assumeTrue(Files.exists(STATUS), "needs /proc/self/status of Linux");
        Process child = ChildJvm.run(Child.class, "-Xmx128m", "-XX:+UseSerialGC").start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(out).isZero();
        long[] kilobytes =
                out.lines()
                        .filter(line -> line.startsWith("kB "))
                        .mapToLong(line -> Long.parseLong(line.substring(3)))
                        .toArray();
        assertThat(kilobytes).as(out).hasSize(2);
        assertThat((kilobytes[1] - kilobytes[0]) / 1024)
                .as(
                        "growth in MB from step 2,000 (%s kB) to step 10,000 (%s kB)",
                        kilobytes[0], kilobytes[1])
                .isLessThan(MEGABYTES);
    }

    /// Trains for 10,000 steps and prints the resident size after 2,000 and 10,000.
    static final class Child {
        private Child() {}

        static void main() {
            Backends.with(new CpuBackend(1, Simd.isAvailable()), Child::train);
        }

        private static void train() {
            Batch all = Toys.corners(80, 1);
            Feed feed = Feed.shuffled(all.inputs(), all.targets(), 8, Rng.seed(2));
            TrainListener print =
                    new TrainListener() {
                        @Override
                        public void onStep(Step step) {
                            if (step.step() == 2_000 || step.step() == 10_000) {
                                System.out.println("kB " + resident());
                            }
                        }
                    };
            new Trainer(Toys.cnn(4), Toys.config(1000, 0.01), Saving.none(), List.of(print))
                    .fit(feed);
        }

        private static long resident() {
            try (var lines = Files.lines(STATUS)) {
                String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
                return Long.parseLong(line.replaceAll("\\D", ""));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
