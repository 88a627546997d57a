package javelin.kernels.softmax;

import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.index.Indices;

import java.util.Arrays;
import java.util.List;

/// Softmax and its cross entropy in 32 bits, with sums in 64. Rows are shared among the threads.
public final class SoftmaxCpu {
    private static final int EXP = 20; // rough cost of one exponential in operations

    private SoftmaxCpu() {}

    /// `y = exp(x − max) / Σ`, or its logarithm.
    public static Work work(Softmax f, List<View> in, View out, Cpu cpu) {
        int k = out.shape().dim(-1);
        int rows = k == 0 ? 0 : out.length() / k;
        float[] x = in.getFirst().floats();
        float[] y = out.floats();
        return forEachRow(
                rows,
                k,
                r -> {
                    int from = in.getFirst().offset() + r * k;
                    int to = out.offset() + r * k;
                    if (f.log()) {
                        logSoftmax(x, from, y, to, k);
                    } else {
                        softmax(x, from, y, to, k);
                    }
                });
    }

    private static void softmax(float[] x, int from, float[] y, int to, int k) {
        float scale = (float) (1 / exponentials(x, from, y, to, k));
        for (int j = 0; j < k; j++) {
            y[to + j] *= scale;
        }
    }

    /// `y = exp(x − max)`; returns their sum.
    private static double exponentials(float[] x, int from, float[] y, int to, int k) {
        float max = max(x, from, k);
        double sum = 0;
        for (int j = 0; j < k; j++) {
            double e = Math.exp(x[from + j] - max);
            sum += e;
            y[to + j] = (float) e;
        }
        return sum;
    }

    private static void logSoftmax(float[] x, int from, float[] y, int to, int k) {
        float max = max(x, from, k);
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += Math.exp(x[from + j] - max);
        }
        float log = (float) Math.log(sum);
        for (int j = 0; j < k; j++) {
            y[to + j] = x[from + j] - max - log;
        }
    }

    /// `y[b] = −Σ_k t[b,k] · log softmax(x[b])[k]`.
    public static Work work(SoftmaxCrossEntropy f, List<View> in, View out, Cpu cpu) {
        View x = in.get(0);
        View label = in.get(1);
        int k = x.shape().dim(-1);
        Work rows =
                forEachRow(
                        out.length(),
                        k,
                        r -> {
                            int l = label.ints()[label.offset() + r];
                            int from = x.offset() + r * k;
                            out.floats()[out.offset() + r] =
                                    l < 0 ? 0 : loss(x.floats(), from, k, l, f.smoothing());
                        });
        return checked(label, k, rows);
    }

    private static Work checked(View label, int classes, Work work) {
        return workers -> {
            Indices.check("softmaxCrossEntropy", "label", label, -1, classes);
            work.run(workers);
        };
    }

    private static float loss(float[] x, int from, int k, int label, double smoothing) {
        float max = max(x, from, k);
        double sum = 0;
        double total = 0;
        for (int j = 0; j < k; j++) {
            sum += Math.exp(x[from + j] - max);
            total += x[from + j] - max;
        }
        double log = Math.log(sum);
        double loss = (1 - smoothing) * (log - (x[from + label] - max));
        if (smoothing > 0) { // else an infinite logit elsewhere would give 0 · ∞
            loss += smoothing * (log - total / k);
        }
        return (float) loss;
    }

    /// `dx[b,k] = dy[b] · (softmax(x[b])[k] − t[b,k])`.
    public static Work work(SoftmaxCrossEntropyInput f, List<View> in, View out, Cpu cpu) {
        View x = in.get(0);
        View label = in.get(1);
        View dy = in.get(2);
        int k = x.shape().dim(-1);
        int rows = k == 0 ? 0 : out.length() / k;
        float[] dx = out.floats();
        Work gradient =
                forEachRow(
                        rows,
                        k,
                        r -> {
                            int to = out.offset() + r * k;
                            int l = label.ints()[label.offset() + r];
                            if (l < 0) {
                                Arrays.fill(dx, to, to + k, 0);
                            } else {
                                float g = dy.floats()[dy.offset() + r];
                                gradient(f, x.floats(), x.offset() + r * k, l, g, dx, to, k);
                            }
                        });
        return checked(label, k, gradient);
    }

    private static void gradient(
            SoftmaxCrossEntropyInput f,
            float[] x,
            int from,
            int label,
            float dy,
            float[] dx,
            int to,
            int k) {
        float scale = (float) (1 / exponentials(x, from, dx, to, k));
        float even = (float) (f.smoothing() / k);
        float exact = (float) (1 - f.smoothing());
        for (int j = 0; j < k; j++) {
            float t = even + (j == label ? exact : 0);
            dx[to + j] = dy * (dx[to + j] * scale - t);
        }
    }

    /// The largest of `n` numbers; NaN if any is.
    private static float max(float[] x, int from, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[from + j]);
        }
        return max;
    }

    private static Work forEachRow(int rows, int k, Row body) {
        return Work.split(
                rows,
                Workers.grain((long) k * EXP),
                (from, to) -> {
                    for (int r = from; r < to; r++) {
                        body.run(r);
                    }
                });
    }

    @FunctionalInterface
    private interface Row {
        void run(int row);
    }
}
