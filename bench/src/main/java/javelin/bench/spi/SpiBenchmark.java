package javelin.bench.spi;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/// Reconstruction of Fourier single-pixel imaging, 32 bits, from samples to pixels. Run: `./javelin
/// bench run --suite spi`, or `make bench NAME=spi`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SpiBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [SpiProblem#named].
    @Param({"lines/800x20x4", "frame/128x410x4"})
    public String shape;

    private SpiCase work;

    /// Makes measurements and compares a result with plain sums.
    @Setup
    public void prepare() {
        work = SpiCase.checked(SpiProblem.named(shape), implementation);
    }

    /// One block of lines, or one frame.
    @Benchmark
    public float[] reconstruction() {
        return work.run();
    }
}
