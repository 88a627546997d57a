package javelin.tensor.plan;

import javelin.kernels.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measured time of each kernel of a [Plan].
///
/// @param rows one per kernel, in the order they run
/// @param table the rows and the memory of the plan, for people
public record PlanProfile(List<Row> rows, String table) {
    /// Copies the list.
    public PlanProfile {
        rows = List.copyOf(rows);
    }

    /// One kernel.
    ///
    /// @param ops the ops it does the work of, for instance `conv2d + relu`
    /// @param kernel name of the kernel
    /// @param method how the backend computes it
    /// @param output shape of the result
    /// @param nanos median time in nanoseconds
    /// @param flops additions and multiplications of a product or convolution, by its plain
    ///   formula; 0 for all else
    public record Row(
            String ops, String kernel, String method, Shape output, long nanos, long flops) {
        /// Billions of floating-point operations per second; 0 where [#flops] is.
        public double gflops() {
            return nanos == 0 ? 0 : (double) flops / nanos;
        }
    }

    /// Profile of measured times, one row per step and one column per run.
    static PlanProfile of(Plan plan, List<Step> steps, long[][] nanos) {
        List<Row> rows = new ArrayList<>();
        for (int s = 0; s < nanos.length; s++) {
            rows.add(row(steps.get(s), median(nanos[s])));
        }
        return new PlanProfile(rows, PlanTable.of(plan, rows, true));
    }

    static Row row(Step step, long nanos) {
        return new Row(
                step.call().label(),
                step.name(),
                step.prepared().method(),
                step.call().output().shape(),
                nanos,
                step.flops());
    }

    private static long median(long... values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /// Sum of the median times in nanoseconds.
    public long nanos() {
        return rows.stream().mapToLong(Row::nanos).sum();
    }

    @Override
    public String toString() {
        return table;
    }
}
