package javelin.bench.network;

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

/// Forward pass of a whole network by its plan, 32 bits. Run: `./javelin bench run --suite
/// network`, or `make bench NAME=network`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [NetworkProblem#named].
    @Param({"resnet18@1", "resnet20@1"})
    public String shape;

    private NetworkCase work;

    /// Makes the operands and compares one result with plain loops.
    @Setup
    public void prepare() {
        work = NetworkCase.checked(NetworkProblem.named(shape), implementation);
    }

    /// One forward pass.
    @Benchmark
    public float[] forward() {
        return work.run();
    }
}
