package javelin.kernels.reduce;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.Arrays;
import java.util.List;

/// Reductions in 64 bits.
public final class ReduceReference {
    private ReduceReference() {}

    /// `y[j] = reduce of x[i] over all i that lie above j`.
    public static void run(Reduce f, List<View> in, View y) {
        View x = in.getFirst();
        double[] result =
                switch (f.kind()) {
                    case SUM -> sum(f, x, y.length());
                    case MEAN -> mean(f, x, y.length());
                    case MAX, MIN -> extreme(f, x, y.length());
                    case VARIANCE -> variance(f, x, y.length());
                };
        System.arraycopy(result, 0, y.doubles(), y.offset(), y.length());
    }

    private static double[] sum(Reduce f, View x, int results) {
        double[] sum = new double[results];
        for (int i = 0; i < x.length(); i++) {
            sum[below(i, x.shape(), f)] += x.doubles()[x.offset() + i];
        }
        return sum;
    }

    private static double[] mean(Reduce f, View x, int results) {
        double[] mean = sum(f, x, results);
        for (int j = 0; j < results; j++) {
            mean[j] /= (double) x.length() / results;
        }
        return mean;
    }

    private static double[] extreme(Reduce f, View x, int results) {
        boolean largest = f.kind() == Reduce.Kind.MAX;
        double[] extreme = new double[results];
        Arrays.fill(extreme, largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        for (int i = 0; i < x.length(); i++) {
            int j = below(i, x.shape(), f);
            double xi = x.doubles()[x.offset() + i];
            extreme[j] = largest ? Math.max(extreme[j], xi) : Math.min(extreme[j], xi);
        }
        return extreme;
    }

    private static double[] variance(Reduce f, View x, int results) {
        double[] mean = mean(f, x, results);
        double[] variance = new double[results];
        for (int i = 0; i < x.length(); i++) {
            int j = below(i, x.shape(), f);
            double d = x.doubles()[x.offset() + i] - mean[j];
            variance[j] += d * d;
        }
        for (int j = 0; j < results; j++) {
            variance[j] /= (double) x.length() / results;
        }
        return variance;
    }

    /// Position of the result to which element `i` belongs: its coordinates without those of the
    /// reduced axes.
    private static int below(int i, Shape shape, Reduce f) {
        int position = 0;
        int stride = 1;
        int rest = i;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int coordinate = rest % shape.dim(axis);
            rest /= shape.dim(axis);
            if (!f.reduces(axis)) {
                position += coordinate * stride;
                stride *= shape.dim(axis);
            }
        }
        return position;
    }

    /// `y[a, b] = the k at which x[a, k, b] is extreme`.
    public static void run(ArgReduce f, List<View> in, View y) {
        View x = in.getFirst();
        int size = x.shape().dim(f.axis());
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        for (int j = 0; j < y.length(); j++) {
            int a = j / inner;
            int b = j % inner;
            int best = 0;
            for (int k = 1; k < size; k++) {
                double bestX = x.doubles()[x.offset() + (a * size + best) * inner + b];
                double xk = x.doubles()[x.offset() + (a * size + k) * inner + b];
                if (!Double.isNaN(bestX)
                        && (Double.isNaN(xk) || (f.largest() ? xk > bestX : xk < bestX))) {
                    best = k;
                }
            }
            y.ints()[y.offset() + j] = best;
        }
    }
}
