package javelin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.Collection;
import java.util.regex.Pattern;

/// Each benchmark once, on something small: they must not rot.
class BenchmarksRunTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "gemm, 7x5x9",
        "gemm, 1x300x17",
        "fft, complex/24",
        "fft, real/15@3",
        "fft, complex/8x12",
        "conv, tails/1x1-31@1",
        "conv, tails/3x3s2-31@1",
        "conv, tails/5x5-31@2",
        "pool-norm, tiny",
        "elementwise, exp/100",
        "elementwise, multiply-add/33",
        "elementwise, mean/100",
        "network, resnet8@1",
        "train, resnet8@2",
        "spi, lines/64x10x4",
        "spi, lines/65x5x3",
        "spi, frame/16x30x4",
        "spi, frame/24x40x3"
    })
    void benchmarkRuns(String suite, String shape) throws RunnerException {
        for (Suite.Question q : Suite.named(suite).questions()) {
            assertThat(once(q, shape, "warm")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"cold-weights", "cold-all"})
    void coldModesRun(String mode) throws RunnerException {
        Suite.Question gemm = Suite.GEMM.questions().getFirst();

        assertThat(once(gemm, "300x200x100", mode)).hasSize(1);
    }

    /// JMH allocates some hundred bytes per iteration; one vector or boxed number per call is more
    /// than is allowed here. Calls allocate until the last method is compiled, hence the warming.
    @Test
    void aPlanAllocatesNothing() throws RunnerException {
        Suite.Question network = Suite.named("network").questions().getFirst();
        var options =
                new OptionsBuilder()
                        .include("^" + Pattern.quote(network.benchmark().getName()) + "\\.")
                        .param("shape", "resnet8@1")
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .jvmArgsAppend("-XX:CompileThresholdScaling=0.1")
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(4))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);

        RunResult result = new Runner(options.build()).runSingle();

        assertThat(RunCommand.allocated(result)).isLessThan(16);
    }

    private static Collection<RunResult> once(Suite.Question q, String shape, String mode)
            throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include("^" + Pattern.quote(q.benchmark().getName()) + "\\.")
                        .param("shape", shape)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        if (q.hasModes()) {
            options.param("mode", mode);
        }
        return new Runner(options.build()).run();
    }
}
