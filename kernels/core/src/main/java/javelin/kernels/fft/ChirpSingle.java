package javelin.kernels.fft;

/// A transform of any length as a convolution with a chirp, which transforms of a power of two do.
///
/// `y[k] = c[k] · Σ_j (x[j]·c[j]) · h[k−j]` with `c[j] = e^(−πi·j²/n)` and `h = 1/c`
///
/// @see "Bluestein, A linear filtering approach to the computation of discrete Fourier transform,
///   1970"
final class ChirpSingle implements Single {
    private final Tables tables;
    private final float scale;

    ChirpSingle(Tables tables, double scale) {
        this.tables = tables;
        this.scale = (float) scale;
    }

    /// What the transforms of one length share. Immutable.
    static final class Tables {
        private final int n;
        private final int m;

        /// Pairs.
        private final float[] chirp;

        private final float[] filter;
        private final Single longer;

        Tables(int n, Length length, Single longer) {
            this.n = n;
            this.m = length.n();
            this.longer = longer;
            double[] c = PlainFft.chirp(n);
            chirp = floats(c);
            filter = floats(length.plain().filter(c, n));
        }

        private static float[] floats(double[] x) {
            float[] y = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = (float) x[i];
            }
            return y;
        }
    }

    @Override
    public int scratch() {
        return 2 * tables.m + tables.longer.scratch();
    }

    /// The inverse is the transform of conjugates, conjugated.
    @Override
    public void run(float[] x, int at, float[] y, int to, boolean inverse, float[] free, int rest) {
        int n = tables.n;
        int m = tables.m;
        float sign = inverse ? -1 : 1;
        int more = rest + 2 * m;
        times(x, at, tables.chirp, n, free, rest, 1, sign);
        for (int j = 2 * n; j < 2 * m; j++) {
            free[rest + j] = 0;
        }
        tables.longer.run(free, rest, free, rest, false, free, more);
        times(free, rest, tables.filter, m, free, rest, 1, 1);
        tables.longer.run(free, rest, free, rest, true, free, more);
        times(free, rest, tables.chirp, n, y, to, scale, 1);
        for (int k = 0; inverse && k < n; k++) {
            y[to + 2 * k + 1] = -y[to + 2 * k + 1];
        }
    }

    /// `y[k] = scale · x[k] · c[k]` for `n` pairs, with the imaginary parts of `x` times `sign`.
    private static void times(
            float[] x, int at, float[] c, int n, float[] y, int to, float scale, float sign) {
        for (int k = 0; k < 2 * n; k += 2) {
            float a = x[at + k] * scale;
            float b = x[at + k + 1] * scale * sign;
            y[to + k] = a * c[k] - b * c[k + 1];
            y[to + k + 1] = a * c[k + 1] + b * c[k];
        }
    }
}
