package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.kernels.fft.Irfft;
import javelin.kernels.fft.Rfft;

import java.util.Arrays;

/// Lines with the least total variation, a block of lines at once, by the alternating direction
/// method of multipliers: for each line `min θ·‖D·x‖₁` with `A·x = y`, or `min θ·‖D·x‖₁ + κ/2·‖A·x
/// − y‖²` without the equality; `D` are differences along the line with periodic border.
///
/// The update of `x` is exact: `Λ = ρ·DᵀD + ε` is solved by two recursions, and Woodbury's identity
/// leaves the `m × m` matrix `G = (I/κ + A·Λ⁻¹·Aᵀ)⁻¹`. With `p = Λ⁻¹·r` and `d = y − s` it becomes
/// `x = p + Λ⁻¹AᵀG·(d − A·p)`: two products with large matrices, whose columns are all lines, and
/// one with a small one.
///
/// @see "Boyd et al., Distributed optimization and statistical learning via the alternating
///   direction method of multipliers, 2011"
public final class LineAdmm implements Solver {
    /// Parameters; `A` is divided by its largest singular value, and the measurements with it.
    ///
    /// @param rho `ρ`, weight of the split differences
    /// @param kappa `κ`, weight of the measurements
    /// @param epsilon `ε`, proximity to the last iterate, which makes `Λ` regular
    /// @param theta `θ`, weight of the total variation: 0.01 without noise, up to 0.3 with
    /// @param equality whether `A·x = y` is enforced
    /// @param tolerance relative change of an iteration that ends the work; 0 for never
    /// @param maxIterations iterations at most
    public record Config(
            double rho,
            double kappa,
            double epsilon,
            double theta,
            boolean equality,
            double tolerance,
            int maxIterations) {
        /// For measurements without noise.
        public static final Config DEFAULT = new Config(1, 1, 1e-3, 0.01, true, 1e-4, 300);

        /// The same with another weight of the total variation.
        public Config withTheta(double newTheta) {
            return new Config(rho, kappa, epsilon, newTheta, equality, tolerance, maxIterations);
        }
    }

    private final int lines;
    private final int rows;
    private final int columns;
    private final double norm;
    private final Config config;
    private final float[] x;
    private final float[] p;
    private final float[] t;
    private final float[] e;
    private final float[] more;
    private final float[] moreRows;
    private final Smoother smoother;
    private final Runnable measure;
    private final Runnable correct;
    private final Runnable correctRows;

    /// Solver for `lines` lines at a time.
    public LineAdmm(Backend on, Measurement a, int lines, Config config) {
        this.lines = lines;
        this.config = config;
        rows = a.rows();
        columns = a.columns();
        norm = Math.sqrt(a.largestEigenvalue(1e-3));
        smoother = new Smoother(columns, config.rho, config.epsilon);
        float[] matrix = a.matrix();
        Vectors.scale(1 / norm, matrix);
        float[] smooth = matrix.clone();
        smoother.run(smooth, rows);
        double[] k = Grams.outer(on, smooth, matrix, rows, columns);
        float[] g = woodbury(k, rows, config.kappa);
        float[] w = new float[rows * columns]; // G·A·Λ⁻¹
        Products.right(on, g, smooth, w, rows, rows, columns).run();
        float[] gk = new float[rows * rows];
        Products.right(on, g, Grams.floats(k), gk, rows, rows, rows).run();

        x = new float[lines * columns];
        p = new float[x.length];
        more = new float[x.length];
        t = new float[lines * rows];
        e = new float[t.length];
        moreRows = new float[t.length];
        measure = Products.rightTransposed(on, p, matrix, t, lines, columns, rows);
        correct = Products.right(on, e, w, more, lines, rows, columns);
        correctRows = Products.right(on, e, gk, moreRows, lines, rows, rows);
    }

    /// Lines `[lines, columns]` from measurements `[lines, rows]`.
    @Override
    public Solution solve(float[] measured, Listener listener) {
        long start = System.nanoTime();
        Vectors.check("measurements", measured, t.length);
        float[] y = measured.clone();
        Vectors.scale(1 / norm, y);
        float[] s = new float[y.length];
        float[] z = new float[x.length];
        float[] u = new float[x.length];
        float[] d = new float[x.length];
        Arrays.fill(x, 0);
        int iteration = 0;
        boolean converged = false;
        while (iteration < config.maxIterations && !converged) {
            Vectors.subtract(z, u, d);
            double moved = updateX(y, s, d);
            Differences.along(x, lines, columns, d);
            Splits.update(d, z, u, (float) (config.theta / config.rho));
            iteration++;
            converged = moved <= config.tolerance * Vectors.norm(x);
            if (!listener.proceed(iteration, x::clone)) {
                break;
            }
        }
        return new Solution(x.clone(), iteration, converged, System.nanoTime() - start);
    }

    /// The exact minimum in `x` for `v = z − u`; then `s`. Returns how far `x` went.
    double updateX(float[] y, float[] s, float[] v) {
        Differences.alongAdjoint(v, lines, columns, p);
        float rho = (float) config.rho;
        float epsilon = (float) config.epsilon;
        for (int i = 0; i < x.length; i++) {
            p[i] = rho * p[i] + epsilon * x[i];
        }
        smoother.run(p, lines);
        measure.run();
        for (int i = 0; i < e.length; i++) {
            e[i] = y[i] - s[i] - t[i];
        }
        correct.run();
        for (int i = 0; i < x.length; i++) {
            float next = p[i] + more[i];
            more[i] = next - x[i];
            x[i] = next;
        }
        if (config.equality) {
            correctRows.run();
            for (int i = 0; i < s.length; i++) {
                s[i] += t[i] + moreRows[i] - y[i];
            }
        }
        return Vectors.norm(more);
    }

    /// The current lines; shared.
    float[] x() {
        return x;
    }

    /// Largest singular value by which `A` was divided.
    double norm() {
        return norm;
    }

    /// `1/(ρ·(4·sin²(πk/n) + across) + ε)` for `k ≤ n/2`, each twice, for real and imaginary part.
    static float[] inverseEigenvalues(Config config, int n, double across) {
        float[] inverse = new float[(n / 2 + 1) * 2];
        for (int k = 0; k <= n / 2; k++) {
            double sine = Math.sin(Math.PI * k / n);
            double lambda = config.rho * (4 * sine * sine + across) + config.epsilon;
            inverse[2 * k] = (float) (1 / lambda);
            inverse[2 * k + 1] = inverse[2 * k];
        }
        return inverse;
    }

    /// Rows of `matrix`, each times `Λ⁻¹`.
    static float[] smoothed(Backend on, float[] matrix, int rows, int columns, float[] inverse) {
        float[] spectrum = new float[rows * inverse.length];
        float[] smooth = new float[matrix.length];
        var spectra = Products.view(spectrum, rows, inverse.length / 2, 2);
        Products.unary(on, new Rfft(1, 1, 1), Products.view(matrix, rows, columns), spectra).run();
        Splits.multiply(spectrum, inverse);
        var result = Products.view(smooth, rows, columns);
        Products.unary(on, new Irfft(1, 1.0 / columns, 2), spectra, result).run();
        return smooth;
    }

    /// `G = (I/κ + K)⁻¹`.
    static float[] woodbury(double[] k, int rows, double kappa) {
        double[] sum = k.clone();
        for (int i = 0; i < rows; i++) {
            sum[i * rows + i] += 1 / kappa;
        }
        return Grams.floats(Cholesky.inverse(sum, rows));
    }
}
