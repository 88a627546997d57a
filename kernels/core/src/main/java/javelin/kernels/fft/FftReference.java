package javelin.kernels.fft;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.List;
import java.util.stream.IntStream;

/// Fourier transforms in 64 bits, by definition: `n²` steps.
public final class FftReference {
    private FftReference() {}

    /// `y[k] = scale · Σ_j x[j] · e^(∓2πi·jk/n)`, one axis after the other.
    public static void run(Fft f, List<View> in, View y) {
        View x = in.getFirst();
        double[] from = new double[x.length()];
        System.arraycopy(x.doubles(), x.offset(), from, 0, from.length);
        for (int axis = 0; axis < x.shape().rank() - 1; axis++) {
            if ((f.axes() >> axis & 1) == 1) {
                from = alongAxis(from, x.shape(), axis, f.inverse() ? 1 : -1);
            }
        }
        for (int i = 0; i < from.length; i++) {
            y.doubles()[y.offset() + i] = f.scale() * from[i];
        }
    }

    private static double[] alongAxis(double[] x, Shape shape, int axis, int sign) {
        int n = shape.dim(axis);
        int inner = shape.product(axis + 1, shape.rank() - 1);
        double[] cos = cosines(n);
        double[] sin = sines(n);
        double[] y = new double[x.length];
        for (int o = 0; o < shape.product(0, axis); o++) {
            for (int k = 0; k < n; k++) {
                for (int c = 0; c < inner; c++) {
                    double re = 0;
                    double im = 0;
                    for (int j = 0; j < n; j++) {
                        int at = 2 * ((o * n + j) * inner + c);
                        int angle = (int) ((long) j * k % n);
                        re += x[at] * cos[angle] - sign * x[at + 1] * sin[angle];
                        im += sign * x[at] * sin[angle] + x[at + 1] * cos[angle];
                    }
                    int to = 2 * ((o * n + k) * inner + c);
                    y[to] = re;
                    y[to + 1] = im;
                }
            }
        }
        return y;
    }

    /// `y[k] = scale · c[k] · Σ_j x[j] · e^(−2πi·jk/n)`.
    public static void run(Rfft f, List<View> in, View y) {
        View x = in.getFirst();
        int n = x.shape().dim(f.axis());
        int half = n / 2 + 1;
        double[] cos = cosines(n);
        double[] sin = sines(n);
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        for (int o = 0; o < x.shape().product(0, f.axis()); o++) {
            for (int k = 0; k < half; k++) {
                double factor = f.scale() * weight(f.inner(), k, n);
                for (int c = 0; c < inner; c++) {
                    double re = 0;
                    double im = 0;
                    for (int j = 0; j < n; j++) {
                        double value = x.doubles()[x.offset() + (o * n + j) * inner + c];
                        re += value * cos[(int) ((long) j * k % n)];
                        im -= value * sin[(int) ((long) j * k % n)];
                    }
                    int to = y.offset() + 2 * ((o * half + k) * inner + c);
                    y.doubles()[to] = factor * re;
                    y.doubles()[to + 1] = factor * im;
                }
            }
        }
    }

    /// `x[j] = scale · Σ_k c[k] · Re(y[k] · e^(2πi·jk/n))`.
    public static void run(Irfft f, List<View> in, View x) {
        View y = in.getFirst();
        int n = x.shape().dim(f.axis());
        int half = n / 2 + 1;
        double[] cos = cosines(n);
        double[] sin = sines(n);
        int inner = x.shape().product(f.axis() + 1, x.shape().rank());
        for (int o = 0; o < x.shape().product(0, f.axis()); o++) {
            for (int j = 0; j < n; j++) {
                for (int c = 0; c < inner; c++) {
                    double sum = 0;
                    for (int k = 0; k < half; k++) {
                        int at = y.offset() + 2 * ((o * half + k) * inner + c);
                        double re = y.doubles()[at] * cos[(int) ((long) j * k % n)];
                        double im =
                                isAlone(k, n)
                                        ? 0
                                        : y.doubles()[at + 1] * sin[(int) ((long) j * k % n)];
                        sum += weight(f.inner(), k, n) * (re - im);
                    }
                    x.doubles()[x.offset() + (o * n + j) * inner + c] = f.scale() * sum;
                }
            }
        }
    }

    private static double[] cosines(int n) {
        return IntStream.range(0, n).mapToDouble(k -> Roots.cos(k, n)).toArray();
    }

    private static double[] sines(int n) {
        return IntStream.range(0, n).mapToDouble(k -> Roots.sin(k, n)).toArray();
    }

    private static double weight(double inner, int k, int n) {
        return isAlone(k, n) ? 1 : inner;
    }

    /// Whether `k` is its own mirror image.
    private static boolean isAlone(int k, int n) {
        return k == 0 || 2 * k == n;
    }
}
