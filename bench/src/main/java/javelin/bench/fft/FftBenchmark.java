package javelin.bench.fft;

import javelin.bench.KernelCase;
import javelin.kernels.View;

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

/// Forward Fourier transform, 32 bits, planned before the clock runs; GFLOP/s are `5·n·log2 n` per
/// complex transform and half of that per real one, as FFTW's benchmarks count. Run: `./javelin
/// bench run --suite fft`, or `make bench NAME=fft`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FftBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [javelin.bench.Mode].
    @Param("warm")
    public String mode;

    /// See [FftProblem#named].
    @Param({"complex/1024", "real/4096", "complex/64@1024", "complex/256x256"})
    public String shape;

    private KernelCase work;

    /// Makes the operands and compares one result with the reference.
    @Setup
    public void prepare() {
        work = KernelCase.checked(FftProblem.named(shape), implementation, mode);
    }

    /// One transform, or one batch.
    @Benchmark
    public View transform() {
        return work.run();
    }
}
