package javelin.bench.poolnorm;

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

/// Pooling, batch norm and softmax, 32 bits. Run: `./javelin bench run --suite pool-norm`, or `make
/// bench NAME=pool-norm`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PoolNormBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [javelin.bench.Mode].
    @Param("warm")
    public String mode;

    /// See [PoolNormProblem#named].
    @Param({"max-pool-3x3s2/resnet50@1", "batch-norm/56x56x256@1"})
    public String shape;

    private KernelCase work;

    /// Makes the operands and compares one result with the reference.
    @Setup
    public void prepare() {
        work = KernelCase.checked(PoolNormProblem.named(shape), implementation, mode);
    }

    /// One pass.
    @Benchmark
    public View pass() {
        return work.run();
    }
}
