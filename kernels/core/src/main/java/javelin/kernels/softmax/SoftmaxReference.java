package javelin.kernels.softmax;

import javelin.kernels.View;
import javelin.kernels.index.Indices;

import java.util.List;

/// Softmax and its cross entropy in 64 bits.
public final class SoftmaxReference {
    private SoftmaxReference() {}

    /// `y[r,i] = x[r,i] − log Σ_j e^x[r,j]`, or the exponential of it.
    public static void run(Softmax f, List<View> in, View y) {
        View x = in.getFirst();
        int k = y.shape().dim(-1);
        for (int row = 0; row < y.length(); row += k) {
            int from = x.offset() + row;
            double max = max(x.doubles(), from, k);
            double sum = sumOfExponentials(x.doubles(), from, k, max);
            for (int i = 0; i < k; i++) {
                double d = x.doubles()[from + i] - max;
                y.doubles()[y.offset() + row + i] = f.log() ? d - Math.log(sum) : Math.exp(d) / sum;
            }
        }
    }

    /// `y[b] = −Σ_k t[b,k] · log softmax(x[b])[k]`; a term with `t = 0` counts nothing, even where
    /// the logarithm is infinite.
    public static void run(SoftmaxCrossEntropy f, List<View> in, View y) {
        View x = in.get(0);
        View label = in.get(1);
        int k = x.shape().dim(-1);
        Indices.check("softmaxCrossEntropy", "label", label, -1, k);
        for (int b = 0; b < y.length(); b++) {
            int from = x.offset() + b * k;
            int wanted = label.ints()[label.offset() + b];
            double loss = 0;
            if (wanted != -1) {
                double max = max(x.doubles(), from, k);
                double logSum = Math.log(sumOfExponentials(x.doubles(), from, k, max));
                for (int i = 0; i < k; i++) {
                    double t = target(f.smoothing(), wanted, i, k);
                    double logSoftmax = x.doubles()[from + i] - max - logSum;
                    loss -= t == 0 && !Double.isNaN(logSoftmax) ? 0 : t * logSoftmax;
                }
            }
            y.doubles()[y.offset() + b] = loss;
        }
    }

    /// `dx[b,k] = dy[b] · (softmax(x[b])[k] − t[b,k])`.
    public static void run(SoftmaxCrossEntropyInput f, List<View> in, View dx) {
        View x = in.get(0);
        View label = in.get(1);
        View dy = in.get(2);
        int k = x.shape().dim(-1);
        Indices.check("softmaxCrossEntropy", "label", label, -1, k);
        for (int b = 0; b < dy.length(); b++) {
            int from = x.offset() + b * k;
            int wanted = label.ints()[label.offset() + b];
            double max = max(x.doubles(), from, k);
            double sum = sumOfExponentials(x.doubles(), from, k, max);
            for (int i = 0; i < k; i++) {
                double softmax = Math.exp(x.doubles()[from + i] - max) / sum;
                double t = target(f.smoothing(), wanted, i, k);
                dx.doubles()[dx.offset() + b * k + i] =
                        wanted == -1 ? 0 : dy.doubles()[dy.offset() + b] * (softmax - t);
            }
        }
    }

    private static double target(double smoothing, int label, int i, int k) {
        return (i == label ? 1 - smoothing : 0) + smoothing / k;
    }

    private static double max(double[] x, int from, int k) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < k; i++) {
            max = Math.max(max, x[from + i]);
        }
        return max;
    }

    private static double sumOfExponentials(double[] x, int from, int k, double max) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += Math.exp(x[from + i] - max);
        }
        return sum;
    }
}
