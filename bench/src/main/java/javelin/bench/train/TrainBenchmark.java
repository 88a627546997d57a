package javelin.bench.train;

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

/// Training step of a network, 32 bits. Run: `./javelin bench run --suite train`, or `make bench
/// NAME=train`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TrainBenchmark {
    /// See [javelin.bench.Implementations#named].
    @Param("cpu")
    public String implementation;

    /// See [TrainProblem#named].
    @Param("resnet20@128")
    public String shape;

    private TrainCase work;

    /// Makes the operands and compares one result with plain loops.
    @Setup
    public void prepare() {
        work = TrainCase.checked(TrainProblem.named(shape), implementation);
    }

    /// One step; returns the loss.
    @Benchmark
    public double step() {
        return work.step();
    }
}
