package javelin.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds up the time of all ops of a kind: where the time of a network goes.
///
/// ```java
/// var profile = new OpProfile();
/// OpWatch.during(profile, () -> model.forward(x));
/// profile.rows().forEach(System.out::println);
/// ```
///
/// One thread may use it at a time. Memory for results and the recording of the graph are not part
/// of an op's time.
public final class OpProfile implements OpWatch {
    private final Map<String, Row> rows = new HashMap<>();

    /// All ops of one kind.
    ///
    /// @param op name of the op
    /// @param calls how often it ran
    /// @param nanos time in all, in nanoseconds
    /// @param macs multiply–accumulate operations in all; 0 for everything but products and
    ///   convolutions
    public record Row(String op, long calls, long nanos, long macs) {
        /// Billions of floating-point operations per second; 0 where [#macs] is.
        public double gflops() {
            return nanos == 0 ? 0 : 2.0 * macs / nanos;
        }

        private Row plus(Row other) {
            return new Row(
                    op, calls + other.calls, nanos + other.nanos, Math.addExact(macs, other.macs));
        }
    }

    /// An empty profile.
    public OpProfile() {}

    @Override
    public void ran(Op op, List<Tensor> inputs, Tensor result, long nanos) {
        long macs = op.macs(inputs.stream().map(Tensor::shape).toList(), result.shape());
        rows.merge(op.name(), new Row(op.name(), 1, nanos, macs), Row::plus);
    }

    /// A row per kind of op, the longest time first.
    public List<Row> rows() {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparingLong(Row::nanos).reversed().thenComparing(Row::op));
        return sorted;
    }

    /// Time of all ops in nanoseconds.
    public long nanos() {
        return rows.values().stream().mapToLong(Row::nanos).sum();
    }
}
