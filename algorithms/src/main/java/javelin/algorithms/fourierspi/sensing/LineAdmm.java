package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;

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
public final class LineAdmm extends BlockAdmm {
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

        /// Checks all values.
        public Config {
            Limits.positive("admm", "rho", rho);
            Limits.positive("admm", "kappa", kappa);
            Limits.positive("admm", "epsilon", epsilon);
            Limits.notNegative("admm", "theta", theta);
            Limits.notNegative("admm", "tolerance", tolerance);
            Limits.atLeastOne("admm", "maxIterations", maxIterations);
        }

        /// The variant for measurements with noise.
        public Config withoutEquality() {
            return new Config(rho, kappa, epsilon, theta, false, tolerance, maxIterations);
        }

        /// The same with another weight of the total variation.
        public Config withTheta(double newTheta) {
            return new Config(rho, kappa, epsilon, newTheta, equality, tolerance, maxIterations);
        }
    }

    private final float[] moreRows;
    private final Smoother smoother;
    private final Runnable correct;
    private final Runnable correctRows;

    /// Solver for `lines` lines at a time.
    public LineAdmm(Backend on, Measurement a, int lines, Config config) {
        super(on, a, lines, config);
        smoother = smoother(0);
        float[] smooth = smoothed(smoother);
        double[] k = Grams.outer(on, smooth, matrix, rows, columns);
        float[] g = woodbury(k);
        float[] w = new float[rows * columns]; // G·A·Λ⁻¹
        Products.right(on, g, smooth, w, rows, rows, columns).run();
        float[] gk = new float[rows * rows];
        Products.right(on, g, Grams.floats(k), gk, rows, rows, rows).run();
        moreRows = new float[t.length];
        correct = Products.right(on, e, w, more, lines, rows, columns);
        correctRows = Products.right(on, e, gk, moreRows, lines, rows, rows);
    }

    @Override
    float acrossWeight() {
        return 0;
    }

    @Override
    double updateX(float[] y, float[] s, float[] along, float[] down) {
        rightSide(along, down, p);
        smoother.run(p, lines);
        misfit(y, s);
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
}
