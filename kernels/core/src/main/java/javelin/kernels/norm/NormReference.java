package javelin.kernels.norm;

import javelin.kernels.View;

import java.util.List;

/// Moments and batch normalisation in 64 bits. Element `i` belongs to channel `i mod c`.
public final class NormReference {
    private NormReference() {}

    /// `mean[k] = Σ x / n`, `variance[k] = Σ (x − mean)² / n`.
    public static void run(Moments f, List<View> in, View y) {
        View x = in.getFirst();
        int c = x.shape().dim(-1);
        double[] mean = new double[c];
        double[] variance = new double[c];
        for (int i = 0; i < x.length(); i++) {
            mean[i % c] += at(x, i);
        }
        for (int k = 0; k < c; k++) {
            mean[k] /= (double) x.length() / c;
        }
        for (int i = 0; i < x.length(); i++) {
            double d = at(x, i) - mean[i % c];
            variance[i % c] += d * d;
        }
        for (int k = 0; k < c; k++) {
            y.doubles()[y.offset() + k] = mean[k];
            y.doubles()[y.offset() + c + k] = variance[k] / ((double) x.length() / c);
        }
    }

    /// `y = x̂ · gamma + beta`.
    public static void run(BatchNorm f, List<View> in, View y) {
        View x = in.get(0);
        View gamma = in.get(2);
        View beta = in.get(3);
        int c = x.shape().dim(-1);
        for (int i = 0; i < y.length(); i++) {
            y.doubles()[y.offset() + i] =
                    normalized(x, in.get(1), f.epsilon(), i) * at(gamma, i % c) + at(beta, i % c);
        }
    }

    /// `sums[0,k] = Σ dy · x̂`, `sums[1,k] = Σ dy`.
    public static void run(BatchNormSums f, List<View> in, View sums) {
        View x = in.get(0);
        View dy = in.get(1);
        int c = x.shape().dim(-1);
        for (int k = 0; k < 2 * c; k++) {
            sums.doubles()[sums.offset() + k] = 0;
        }
        for (int i = 0; i < x.length(); i++) {
            double xHat = normalized(x, in.get(2), f.epsilon(), i);
            sums.doubles()[sums.offset() + i % c] += at(dy, i) * xHat;
            sums.doubles()[sums.offset() + c + i % c] += at(dy, i);
        }
    }

    /// `dx = gamma / √(variance + ε) · (dy − sums[1]/n − x̂ · sums[0]/n)`.
    public static void run(BatchNormInput f, List<View> in, View dx) {
        View x = in.get(0);
        View dy = in.get(1);
        View moments = in.get(2);
        View sums = in.get(3);
        View gamma = in.get(4);
        int c = x.shape().dim(-1);
        for (int i = 0; i < dx.length(); i++) {
            int k = i % c;
            double n = (double) x.length() / c;
            double deviation = Math.sqrt(at(moments, c + k) + f.epsilon());
            double xHat = normalized(x, moments, f.epsilon(), i);
            dx.doubles()[dx.offset() + i] =
                    at(gamma, k)
                            / deviation
                            * (at(dy, i) - at(sums, c + k) / n - xHat * at(sums, k) / n);
        }
    }

    /// `x̂[i] = (x[i] − mean) / √(variance + ε)`.
    private static double normalized(View x, View moments, double epsilon, int i) {
        int c = x.shape().dim(-1);
        return (at(x, i) - at(moments, i % c)) / Math.sqrt(at(moments, c + i % c) + epsilon);
    }

    private static double at(View x, int i) {
        return x.doubles()[x.offset() + i];
    }
}
