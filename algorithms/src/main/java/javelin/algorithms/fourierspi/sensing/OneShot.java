package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;

import java.util.Arrays;

/// Linear reconstruction by one product with a precomputed matrix: `x = C·Aᵀ(A·C·Aᵀ + η·I)⁻¹·b` for
/// pictures of covariance `C`. For `C = I` and `η = 0` it is the solution of least norm.
public final class OneShot implements Solver {
    private final int lines;
    private final float[] b;
    private final float[] x;
    private final Runnable product;

    /// Solver for `lines` independent lines or images at a time.
    ///
    /// @param eta `η`, in units of the mean diagonal of `A·Aᵀ`
    public OneShot(Backend on, Measurement a, int lines, double eta) {
        this(on, a, a.matrix(), lines, eta);
    }

    /// Solver that takes pictures to be smooth: their power falls with the square of the frequency,
    /// so that `x` has the least squared differences of neighbours that measurements allow. It is
    /// where ADMM for total variation begins: its first iterate.
    ///
    /// @param lines independent images at a time, each `[height, width]`
    /// @param eta `η`, in units of the mean diagonal of `A·C·Aᵀ`
    /// @see "Tikhonov and Arsenin, Solutions of ill-posed problems, 1977"
    public static OneShot smooth(
            Backend on, Measurement a, int lines, int height, int width, double eta) {
        return new OneShot(on, a, smoothed(on, a, height, width), lines, eta);
    }

    private OneShot(Backend on, Measurement a, float[] ac, int lines, double eta) {
        Limits.atLeastOne("linear reconstruction", "lines", lines);
        Limits.notNegative("linear reconstruction", "eta", eta);
        this.lines = lines;
        int m = a.rows();
        int n = a.columns();
        double[] gram = Grams.outer(on, ac, a.matrix(), m, n);
        double diagonal = 0;
        for (int i = 0; i < m; i++) {
            diagonal += gram[i * m + i] / m;
        }
        for (int i = 0; i < m; i++) {
            gram[i * m + i] += eta * diagonal;
        }
        float[] inverse = Grams.floats(Cholesky.inverse(gram, m));
        float[] w = new float[m * n]; // (A·C·Aᵀ + η·I)⁻¹·A·C
        Products.right(on, inverse, ac, w, m, m, n).run();
        b = new float[lines * m];
        x = new float[lines * n];
        product = Products.right(on, b, w, x, lines, m, n);
    }

    /// `A·C`, with `C` diagonal for cosines: one over the squared response of differences.
    private static float[] smoothed(Backend on, Measurement a, int height, int width) {
        Limits.atLeastOne("linear reconstruction", "height", height);
        int n = a.columns();
        if (n != (long) height * width) {
            throw new IllegalArgumentException(
                    "linear reconstruction: the operator measures %d pixels, the images have %d × %d"
                            .formatted(n, height, width));
        }
        var cosines = new Cosines(on, height, width);
        double slowest = 2 * Math.sin(Math.PI / (2 * Math.max(height, width)));
        double flat = 0.1 * slowest * slowest; // the mean, too, has finite power
        float[] power = new float[n];
        for (int i = 0; i < n; i++) {
            int v = i / width;
            int u = i % width;
            double down = Math.sin(Math.PI * v / (2 * height));
            double along = Math.sin(Math.PI * u / (2 * width));
            power[i] = (float) (1 / (flat + 4 * (down * down + along * along)));
        }
        float[] matrix = a.matrix();
        float[] row = new float[n];
        float[] z = new float[n];
        for (int at = 0; at < matrix.length; at += n) {
            System.arraycopy(matrix, at, row, 0, n);
            cosines.analyse(row, z);
            for (int i = 0; i < n; i++) {
                z[i] *= power[i];
            }
            cosines.synthesise(z, row);
            System.arraycopy(row, 0, matrix, at, n);
        }
        return matrix;
    }

    @Override
    public Solution solve(float[] measured, Listener listener) {
        long start = System.nanoTime();
        Vectors.check("measurements", measured, b.length);
        System.arraycopy(measured, 0, b, 0, b.length);
        product.run();
        listener.proceed(1, x::clone);
        return new Solution(Arrays.copyOf(x, x.length), 1, true, System.nanoTime() - start);
    }

    /// Number of lines solved at a time.
    public int lines() {
        return lines;
    }
}
