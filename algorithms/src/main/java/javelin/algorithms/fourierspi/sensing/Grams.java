package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;

/// Products that precomputations need.
final class Grams {
    private Grams() {}

    /// `A·Bᵀ` of two `m × n` matrices.
    static double[] outer(Backend on, float[] a, float[] b, int m, int n) {
        float[] g = new float[Math.multiplyExact(m, m)];
        Products.rightTransposed(on, a, b, g, m, n, m).run();
        double[] wide = new double[g.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) { // symmetric in theory, and now in bits
                wide[i * m + j] = 0.5 * ((double) g[i * m + j] + g[j * m + i]);
            }
        }
        return wide;
    }

    static float[] floats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) x[i];
        }
        return y;
    }
}
