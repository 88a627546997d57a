package javelin.algorithms.fourierspi.sensing;

import java.util.Arrays;

/// Factorisation of symmetric positive definite matrices, in 64 bits.
final class Cholesky {
    private Cholesky() {}

    /// Inverse of the row-major `n × n` matrix `g`, which is overwritten.
    static double[] inverse(double[] g, int n) {
        factorise(g, n);
        double[] inverse = new double[n * n];
        double[] column = new double[n];
        for (int c = 0; c < n; c++) {
            Arrays.fill(column, 0);
            column[c] = 1;
            for (int i = c; i < n; i++) {
                double s = column[i];
                for (int k = c; k < i; k++) {
                    s -= g[i * n + k] * column[k];
                }
                column[i] = s / g[i * n + i];
            }
            for (int i = n - 1; i >= 0; i--) {
                double v = column[i] / g[i * n + i];
                column[i] = v;
                for (int k = 0; k < i; k++) {
                    column[k] -= g[i * n + k] * v;
                }
            }
            System.arraycopy(column, 0, inverse, c * n, n);
        }
        return inverse;
    }

    private static void factorise(double[] g, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double s = g[i * n + j];
                for (int k = 0; k < j; k++) {
                    s -= g[i * n + k] * g[j * n + k];
                }
                if (i == j && s <= 0) {
                    throw new IllegalArgumentException(
                            "factorisation: row %d depends on those before it; add more"
                                            .formatted(i)
                                    + " regularisation");
                }
                g[i * n + j] = i == j ? Math.sqrt(s) : s / g[j * n + j];
            }
        }
    }
}
