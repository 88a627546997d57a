package javelin.algorithms.dcp;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.tensor.plan.Plan;

import java.util.Arrays;

/// Times of one run of two networks as inference plans, measured in turn so that whatever slows the
/// machine meets both.
///
/// @param wide milliseconds of the first, the median
/// @param small milliseconds of the second, the median
public record Latency(double wide, double small) {
    private static final long WARM_UP = 700_000_000L; // ns, until the compiler has seen all kernels
    private static final int LEAST = 15; // runs
    private static final int MOST = 200;

    /// How many times faster the second is.
    public double speedUp() {
        return wide / small;
    }

    /// Measures both for about a second each.
    ///
    /// @param input shape of the input, batch size included
    public static Latency of(Module wide, Module small, Shape input) {
        var first = new Timed(wide.plan(input), input);
        var second = new Timed(small.plan(input), input);
        first.warmUp();
        second.warmUp();
        double[] a = new double[MOST];
        double[] b = new double[MOST];
        long end = System.nanoTime() + 2_000_000_000L;
        int n = 0;
        while (n < LEAST || (n < MOST && System.nanoTime() < end)) {
            a[n] = first.run();
            b[n] = second.run();
            n++;
        }
        return new Latency(median(a, n), median(b, n));
    }

    private static double median(double[] times, int count) {
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    private static final class Timed {
        private final Plan plan;
        private final float[] x;
        private final float[] y;

        Timed(Plan plan, Shape input) {
            this.plan = plan;
            x = new float[input.length()];
            y = new float[plan.output().length()];
        }

        void warmUp() {
            long end = System.nanoTime() + WARM_UP;
            do {
                plan.run(x, y);
            } while (System.nanoTime() < end);
        }

        double run() {
            long start = System.nanoTime();
            plan.run(x, y);
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
