package javelin.algorithms.fourierspi.targets;

import javelin.kernels.cpu.Workers;
import javelin.kernels.fft.ComplexDoubles;
import javelin.kernels.fft.ComplexPlan;
import javelin.tensor.Rng;

/// Pictures `[n, n]` of values from 0 to 1.
public final class Drawings {
    /// Height, half axes, middle and turn in degrees of the ellipses.
    private static final double[][] ELLIPSES = {
        {1, 0.69, 0.92, 0, 0, 0},
        {-0.8, 0.6624, 0.874, 0, -0.0184, 0},
        {-0.2, 0.11, 0.31, 0.22, 0, -18},
        {-0.2, 0.16, 0.41, -0.22, 0, 18},
        {0.1, 0.21, 0.25, 0, 0.35, 0},
        {0.1, 0.046, 0.046, 0, 0.1, 0},
        {0.1, 0.046, 0.046, 0, -0.1, 0},
        {0.1, 0.046, 0.023, -0.08, -0.605, 0},
        {0.1, 0.023, 0.023, 0, -0.606, 0},
        {0.1, 0.023, 0.046, 0.06, -0.605, 0}
    };

    private Drawings() {}

    /// Modified Shepp–Logan phantom.
    ///
    /// @see "Toft, The Radon Transform, 1996, table B.3"
    public static float[] phantom(int n) {
        return ellipses(n, ELLIPSES);
    }

    /// Another head like the phantom: its inner ellipses are moved, stretched, turned and of other
    /// density, by some per cent.
    public static float[] phantom(int n, Rng rng) {
        double[][] other = new double[ELLIPSES.length][];
        for (int i = 0; i < other.length; i++) {
            double[] e = ELLIPSES[i].clone();
            if (i >= 2) { // the first two are the skull
                e[0] *= 1 + 0.2 * (2 * rng.nextDouble() - 1);
                e[1] *= 1 + 0.2 * (2 * rng.nextDouble() - 1);
                e[2] *= 1 + 0.2 * (2 * rng.nextDouble() - 1);
                e[3] += 0.1 * (2 * rng.nextDouble() - 1);
                e[4] += 0.1 * (2 * rng.nextDouble() - 1);
                e[5] += 20 * (2 * rng.nextDouble() - 1);
            }
            other[i] = e;
        }
        return ellipses(n, other);
    }

    private static float[] ellipses(int n, double[][] all) {
        return sampled(
                n,
                (x, y) -> {
                    double sum = 0;
                    for (double[] e : all) {
                        double turn = Math.toRadians(e[5]);
                        double dx = x - e[3];
                        double dy = y - e[4];
                        double along = dx * Math.cos(turn) + dy * Math.sin(turn);
                        double across = dy * Math.cos(turn) - dx * Math.sin(turn);
                        sum += square(along / e[1]) + square(across / e[2]) <= 1 ? e[0] : 0;
                    }
                    return Math.clamp(sum, 0, 1);
                });
    }

    /// Siemens star: wedges, whose spatial frequency grows towards the middle.
    ///
    /// @param wedges light ones
    public static float[] siemensStar(int n, int wedges) {
        return sampled(
                n,
                (x, y) ->
                        Math.hypot(x, y) < 0.95 && Math.cos(wedges * Math.atan2(y, x)) > 0 ? 1 : 0);
    }

    /// A random field whose spectrum falls like natural pictures' does, `1/f^1.2`, stretched to the
    /// range.
    public static float[] naturalField(int n, Rng rng) {
        check(n);
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int v = 0; v < n; v++) {
            for (int u = 0; u < n; u++) {
                double f = Math.hypot(Math.min(u, n - u), Math.min(v, n - v));
                double phase = 2 * Math.PI * rng.nextDouble();
                double amplitude = f == 0 ? 0 : Math.pow(f, -1.2);
                re[v * n + u] = amplitude * Math.cos(phase);
                im[v * n + u] = amplitude * Math.sin(phase);
            }
        }
        var field = ComplexDoubles.split(re, im);
        ComplexPlan.of(n, n, 1).inverse(field, field).run(new Workers(1));
        ComplexPlan.of(1, n, n).inverse(field, field).run(new Workers(1));
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : re) { // the real part of such a field is one itself
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        float[] picture = new float[n * n];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = high > low ? (float) ((re[i] - low) / (high - low)) : 0;
        }
        return picture;
    }

    private interface Shape {
        double at(double x, double y);
    }

    /// Means of 4 × 4 points per pixel; the field is `[−1, 1]²`, y upward.
    private static float[] sampled(int n, Shape shape) {
        check(n);
        int parts = 4;
        float[] picture = new float[n * n];
        double[] places = new double[n * parts];
        for (int i = 0; i < places.length; i++) {
            places[i] = (2.0 * i + 1) / places.length - 1;
        }
        for (int j = 0; j < places.length; j++) {
            for (int i = 0; i < places.length; i++) {
                double part = shape.at(places[i], -places[j]) / (parts * parts);
                picture[j / parts * n + i / parts] += (float) part;
            }
        }
        return picture;
    }

    private static void check(int n) {
        if (n < 1 || n > 8192) {
            throw new IllegalArgumentException("drawing: side must be 1 to 8192, got " + n);
        }
    }

    private static double square(double v) {
        return v * v;
    }
}
