package javelin.algorithms.fourierspi.cytometry;

/// Inverse of the Cholesky factor of a shrunk covariance: what turns a deviation into independent
/// numbers of variance 1.
final class Whitening {
    /// Least pivot of a correlation matrix: below, a feature is a sum of others to rounding.
    private static final double SINGULAR = 1e-10;

    private final double[] rows; // lower triangle, packed
    private final double logDeterminant;

    /// @param scatter lower triangle of the sum of products of deviations, `[n, n]`
    /// @param freedom by which it is divided
    /// @param whose for the message
    Whitening(double[] scatter, int freedom, int n, double shrinkage, String whose) {
        double[] scale = new double[n]; // 1 / standard deviation, 0 for a constant
        double logs = 0;
        for (int a = 0; a < n; a++) {
            double variance = scatter[a * n + a] / freedom;
            scale[a] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
            logs += variance > 0 ? Math.log(variance) : 0;
        }
        double[] l = new double[n * n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b <= a; b++) {
                double r =
                        a == b
                                ? 1
                                : (1 - shrinkage)
                                        * scatter[a * n + b]
                                        / freedom
                                        * scale[a]
                                        * scale[b];
                for (int k = 0; k < b; k++) {
                    r -= l[a * n + k] * l[b * n + k];
                }
                if (a == b) {
                    if (!(r > SINGULAR)) {
                        throw new IllegalArgumentException(
                                "discriminant: feature "
                                        + a
                                        + " follows from the features before it in "
                                        + whose
                                        + "; leave it out, give more examples or raise shrinkage, found "
                                        + shrinkage);
                    }
                    l[a * n + a] = Math.sqrt(r);
                    logs += Math.log(r);
                } else {
                    l[a * n + b] = r / l[b * n + b];
                }
            }
        }
        logDeterminant = logs;
        rows = inverse(l, n, scale);
    }

    private static double[] inverse(double[] l, int n, double[] scale) {
        double[] inverse = new double[n * n];
        for (int c = 0; c < n; c++) {
            for (int r = c; r < n; r++) {
                double v = r == c ? 1 : 0;
                for (int k = c; k < r; k++) {
                    v -= l[r * n + k] * inverse[k * n + c];
                }
                inverse[r * n + c] = v / l[r * n + r];
            }
        }
        double[] packed = new double[n * (n + 1) / 2];
        int at = 0;
        for (int r = 0; r < n; r++) {
            for (int c = 0; c <= r; c++) {
                packed[at++] = inverse[r * n + c] * scale[c];
            }
        }
        return packed;
    }

    double[] rows() {
        return rows;
    }

    double logDeterminant() {
        return logDeterminant;
    }
}
