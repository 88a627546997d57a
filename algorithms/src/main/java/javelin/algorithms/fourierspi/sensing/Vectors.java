package javelin.algorithms.fourierspi.sensing;

/// Arithmetic with arrays. Sums are divided among several accumulators, so that one addition need
/// not wait for the other; the other loops are for the JIT to vectorise.
final class Vectors {
    private static final int BLOCK = 1024;

    private Vectors() {}

    /// `xᵀy`; blocks are added up in 64 bits.
    static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int from = 0; from < x.length; from += BLOCK) {
            sum += dot(x, y, from, Math.min(x.length, from + BLOCK));
        }
        return sum;
    }

    private static float dot(float[] x, float[] y, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            s0 = Math.fma(x[i], y[i], s0);
            s1 = Math.fma(x[i + 1], y[i + 1], s1);
            s2 = Math.fma(x[i + 2], y[i + 2], s2);
            s3 = Math.fma(x[i + 3], y[i + 3], s3);
            s4 = Math.fma(x[i + 4], y[i + 4], s4);
            s5 = Math.fma(x[i + 5], y[i + 5], s5);
            s6 = Math.fma(x[i + 6], y[i + 6], s6);
            s7 = Math.fma(x[i + 7], y[i + 7], s7);
        }
        for (; i < to; i++) {
            s0 += x[i] * y[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /// `‖x‖₂`.
    static double norm(float[] x) {
        return Math.sqrt(dot(x, x));
    }

    /// `x *= factor`.
    static void scale(double factor, float[] x) {
        float f = (float) factor;
        for (int i = 0; i < x.length; i++) {
            x[i] *= f;
        }
    }

    /// `y += factor · x`.
    static void add(double factor, float[] x, float[] y) {
        float f = (float) factor;
        for (int i = 0; i < y.length; i++) {
            y[i] += f * x[i];
        }
    }

    /// `d = x − y`.
    static void subtract(float[] x, float[] y, float[] d) {
        for (int i = 0; i < d.length; i++) {
            d[i] = x[i] - y[i];
        }
    }

    /// `‖x − y‖₂`.
    static double distance(float[] x, float[] y, float[] scratch) {
        subtract(x, y, scratch);
        return norm(scratch);
    }

    /// Largest magnitude.
    static double largest(float[] x) {
        float most = 0;
        for (float v : x) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    /// `sign(x) · max(|x| − t, 0)`, the proximal map of `t·|x|`.
    static float shrink(float x, float t) {
        return x - Math.max(-t, Math.min(t, x));
    }

    /// Checks that a vector has a length and only numbers.
    ///
    /// @throws IllegalArgumentException if not
    static void check(String what, float[] x, int length) {
        if (x.length != length) {
            throw new IllegalArgumentException(
                    "%s: %d values where %d belong".formatted(what, x.length, length));
        }
        for (int i = 0; i < length; i++) {
            if (!Float.isFinite(x[i])) {
                throw new IllegalArgumentException(
                        "%s: value %d is %s; only finite numbers can be reconstructed"
                                .formatted(what, i, x[i]));
            }
        }
    }
}
