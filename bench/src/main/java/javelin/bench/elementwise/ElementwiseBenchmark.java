package javelin.bench.elementwise;

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

/// Functions of single numbers, and sums, 32 bits. Run: `./javelin bench run --suite elementwise`,
/// or `make bench NAME=elementwise`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ElementwiseBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [javelin.bench.Mode].
    @Param("warm")
    public String mode;

    /// See [ElementwiseProblem#named].
    @Param({"relu/65536", "exp/65536"})
    public String shape;

    private KernelCase work;

    /// Makes the operands and compares one result with the reference.
    @Setup
    public void prepare() {
        work = KernelCase.checked(ElementwiseProblem.named(shape), implementation, mode);
    }

    /// One pass.
    @Benchmark
    public View pass() {
        return work.run();
    }
}
