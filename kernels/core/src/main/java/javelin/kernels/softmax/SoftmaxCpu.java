package javelin.kernels.softmax;

import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Workers;
import javelin.kernels.index.Indices;

import java.util.List;

/// Softmax and its cross entropy in 32 bits, with sums in 64. Rows are shared among the threads.
public final class SoftmaxCpu {
    private static final int EXP = 20; // rough cost of one exponential in operations

    private SoftmaxCpu() {}

    /// `y = exp(x − max) / Σ`, or its logarithm.
    public static void run(Softmax f, List<View> in, View out, Cpu cpu) {
        int k = out.shape().dim(-1);
        int rows = k == 0 ? 0 : out.length() / k;
        float[] x = in.getFirst().floats();
        float[] y = out.floats();
        forEachRow(
                rows,
                k,
                cpu,
                r -> {
                    int from = in.getFirst().offset() + r * k;
                    int to = out.offset() + r * k;
                    float max = max(x, from, k);
                    double sum = 0;
                    for (int j = 0; j < k; j++) {
                        double e = Math.exp(x[from + j] - max);
                        sum += e;
                        y[to + j] = f.log() ? x[from + j] - max : (float) e;
                    }
                    if (f.log()) {
                        float log = (float) Math.log(sum);
                        for (int j = 0; j < k; j++) {
                            y[to + j] -= log;
                        }
                    } else {
                        float scale = (float) (1 / sum);
                        for (int j = 0; j < k; j++) {
                            y[to + j] *= scale;
                        }
                    }
                });
    }

    /// `y[b] = −Σ_k t[b,k] · log softmax(x[b])[k]`.
    public static void run(SoftmaxCrossEntropy f, List<View> in, View out, Cpu cpu) {
        View x = in.get(0);
        View label = in.get(1);
        int k = x.shape().dim(-1);
        Indices.check("softmaxCrossEntropy", "label", label, -1, k);
        forEachRow(
                out.length(),
                k,
                cpu,
                r -> {
                    int l = label.ints()[label.offset() + r];
                    out.floats()[out.offset() + r] =
                            l < 0 ? 0 : loss(x.floats(), x.offset() + r * k, k, l, f.smoothing());
                });
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
    public static void run(SoftmaxCrossEntropyInput f, List<View> in, View out, Cpu cpu) {
        View logits = in.get(0);
        View label = in.get(1);
        View dy = in.get(2);
        int k = logits.shape().dim(-1);
        Indices.check("softmaxCrossEntropy", "label", label, -1, k);
        int rows = k == 0 ? 0 : out.length() / k;
        float[] x = logits.floats();
        float[] dx = out.floats();
        forEachRow(
                rows,
                k,
                cpu,
                r -> {
                    int from = logits.offset() + r * k;
                    int to = out.offset() + r * k;
                    int l = label.ints()[label.offset() + r];
                    float g = l < 0 ? 0 : dy.floats()[dy.offset() + r];
                    float max = max(x, from, k);
                    double sum = 0;
                    for (int j = 0; j < k; j++) {
                        double e = Math.exp(x[from + j] - max);
                        sum += e;
                        dx[to + j] = (float) e;
                    }
                    float scale = (float) (1 / sum);
                    float even = (float) (f.smoothing() / k);
                    for (int j = 0; j < k; j++) {
                        float t = even + (j == l ? (float) (1 - f.smoothing()) : 0);
                        dx[to + j] = l < 0 ? 0 : g * (dx[to + j] * scale - t);
                    }
                });
    }

    /// The largest of `n` numbers; NaN if any is.
    private static float max(float[] x, int from, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[from + j]);
        }
        return max;
    }

    private static void forEachRow(int rows, int k, Cpu cpu, Row body) {
        cpu.workers()
                .split(
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
