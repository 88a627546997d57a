package javelin.bench.conv;

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

/// Gradient of a convolution with respect to its filters, 32 bits. Run: `./javelin bench run
/// --suite conv`, or `make bench NAME=conv`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ConvWeightBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [javelin.bench.Mode].
    @Param("warm")
    public String mode;

    /// See [ConvProblem#named].
    @Param({"resnet50/conv1@1", "tails/3x3-17@1"})
    public String shape;

    private KernelCase work;

    /// Makes the operands and compares one result with the reference.
    @Setup
    public void prepare() {
        work = KernelCase.checked(ConvProblem.named(shape, Direction.WGRAD), implementation, mode);
    }

    /// One gradient.
    @Benchmark
    public View gradient() {
        return work.run();
    }
}
