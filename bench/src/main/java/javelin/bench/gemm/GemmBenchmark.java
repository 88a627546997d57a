package javelin.bench.gemm;

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

/// Matrix product, 32 bits. Run: `./javelin bench run --suite gemm`, or `make bench NAME=gemm`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class GemmBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [javelin.bench.Mode].
    @Param("warm")
    public String mode;

    /// See [GemmProblem#named].
    @Param({"256x256x256", "702x702x702", "3136x64x256"})
    public String shape;

    private KernelCase work;

    /// Makes the operands and compares one result with the reference.
    @Setup
    public void prepare() {
        work = KernelCase.checked(GemmProblem.named(shape), implementation, mode);
    }

    /// One product.
    @Benchmark
    public View product() {
        return work.run();
    }
}
