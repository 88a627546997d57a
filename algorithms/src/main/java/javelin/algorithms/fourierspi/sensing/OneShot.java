package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;

import java.util.Arrays;

/// Linear reconstruction by one product with a precomputed matrix: `x = Aᵀ(A·Aᵀ + η·I)⁻¹·b`. For `η
/// = 0` it is the solution of least norm.
public final class OneShot implements Solver {
    private final int lines;
    private final float[] b;
    private final float[] x;
    private final Runnable product;

    /// Solver for `lines` independent lines or images at a time.
    ///
    /// @param eta `η`, in units of the mean diagonal of `A·Aᵀ`
    public OneShot(Backend on, Measurement a, int lines, double eta) {
        Limits.atLeastOne("linear reconstruction", "lines", lines);
        Limits.notNegative("linear reconstruction", "eta", eta);
        this.lines = lines;
        int m = a.rows();
        int n = a.columns();
        float[] matrix = a.matrix();
        double[] gram = Grams.outer(on, matrix, matrix, m, n);
        double diagonal = 0;
        for (int i = 0; i < m; i++) {
            diagonal += gram[i * m + i] / m;
        }
        for (int i = 0; i < m; i++) {
            gram[i * m + i] += eta * diagonal;
        }
        float[] inverse = Grams.floats(Cholesky.inverse(gram, m));
        float[] w = new float[m * n]; // (A·Aᵀ + η·I)⁻¹·A
        Products.right(on, inverse, matrix, w, m, m, n).run();
        b = new float[lines * m];
        x = new float[lines * n];
        product = Products.right(on, b, w, x, lines, m, n);
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
