package javelin.algorithms.fourierspi.sensing;

/// Reconstruction with the least total variation, by augmented Lagrangian and alternating
/// directions: `min Σ_i ‖(D·u)_i‖₂` with `A·u = b` and `u ≥ 0`; `D` are forward differences along
/// both axes, with periodic borders.
///
/// With `w ≈ D·u` split off, each inner step is a projected gradient step on `L(u, w) = Σ‖w_i‖ +
/// β/2·‖Du−w‖² + μ/2·‖Au−b‖² − σᵀ(Du−w) − δᵀ(Au−b)` of Barzilai–Borwein length with a non-monotone
/// line search (Zhang and Hager), then a shrinkage in `w`. `L` is quadratic along the direction, so
/// the search needs no product with `A`; a step needs one with `A` and one with `Aᵀ`.
///
/// @see "Li, Yin, Jiang and Zhang, An efficient augmented Lagrangian method with applications to
///   total variation minimization, 2013"
public final class TotalVariation implements Solver {
    /// Parameters.
    ///
    /// @param mu weight `μ` of the measurements: 2⁴ with much noise, 2¹³ with none
    /// @param beta weight `β` of the split
    /// @param mu0 first `μ`; doubled at each outer step until it is `mu`
    /// @param beta0 first `β`
    /// @param tolerance relative change of the image over an outer step that ends the work
    /// @param innerTolerance relative change over an inner step that ends the inner loop
    /// @param maxIterations inner steps in all
    /// @param maxOuter outer steps
    /// @param equality whether `A·u = b` is enforced by its multiplier `δ`; without it the
    ///   measurements are only approached, as suits noise, and `mu` must suit the noise
    /// @param nonNegative whether `u ≥ 0`
    public record Config(
            double mu,
            double beta,
            double mu0,
            double beta0,
            double tolerance,
            double innerTolerance,
            int maxIterations,
            int maxOuter,
            boolean equality,
            boolean nonNegative) {
        /// For measurements without noise; ends early, as in practice.
        public static final Config DEFAULT =
                new Config(256, 32, 256, 32, 1e-4, 1e-3, 300, 10, true, true);

        /// For measurements without noise, to the end: about 1.6 times the iterations of
        /// [#DEFAULT], for up to 6 dB.
        public static final Config PRECISE = DEFAULT.withLimits(1e-5, 1000, 40);

        /// Checks all values.
        public Config {
            Limits.positive("total variation", "mu", mu);
            Limits.positive("total variation", "beta", beta);
            Limits.positive("total variation", "mu0", mu0);
            Limits.positive("total variation", "beta0", beta0);
            if (mu0 > mu || beta0 > beta) {
                throw new IllegalArgumentException(
                        "total variation: weights grow, but mu goes from %s to %s, beta from %s to %s"
                                .formatted(mu0, mu, beta0, beta));
            }
            Limits.notNegative("total variation", "tolerance", tolerance);
            Limits.notNegative("total variation", "innerTolerance", innerTolerance);
            Limits.atLeastOne("total variation", "maxIterations", maxIterations);
            Limits.atLeastOne("total variation", "maxOuter", maxOuter);
        }

        /// The same with other weights, without continuation.
        public Config withWeights(double newMu, double newBeta) {
            return new Config(
                    newMu,
                    newBeta,
                    newMu,
                    newBeta,
                    tolerance,
                    innerTolerance,
                    maxIterations,
                    maxOuter,
                    equality,
                    nonNegative);
        }

        /// The same with other limits.
        public Config withLimits(double newTolerance, int newMaxIterations, int newMaxOuter) {
            return new Config(
                    mu,
                    beta,
                    mu0,
                    beta0,
                    newTolerance,
                    innerTolerance,
                    newMaxIterations,
                    newMaxOuter,
                    equality,
                    nonNegative);
        }

        /// The variant for measurements with noise.
        public Config withoutEquality() {
            return new Config(
                    mu,
                    beta,
                    mu0,
                    beta0,
                    tolerance,
                    innerTolerance,
                    maxIterations,
                    maxOuter,
                    false,
                    nonNegative);
        }
    }

    /// Slope a line search asks for, and how it shortens the step.
    private static final double ARMIJO = 1e-5;

    private static final double SHORTEN = 0.6;
    private static final int BACKTRACKS = 5;

    private final Measurement a;
    private final Config config;
    private final LagrangianTv l;
    private final double norm;
    private final float[] direction;
    private final float[] best;

    /// Solver for images of `height` rows.
    ///
    /// @throws IllegalArgumentException if the rows do not divide the pixels
    public TotalVariation(Measurement a, int height, Config config) {
        this(a, height, 1, config);
    }

    /// Solver for images whose rows are not as far apart as their columns.
    ///
    /// @param weight weight of differences between rows: the width of a pixel over its height
    /// @throws IllegalArgumentException if the rows do not divide the pixels
    public TotalVariation(Measurement a, int height, double weight, Config config) {
        Limits.positive("total variation", "the weight between rows", weight);
        if (height < 1 || a.columns() % height != 0) {
            throw new IllegalArgumentException(
                    "total variation: %d pixels are no image of %d rows"
                            .formatted(a.columns(), height));
        }
        this.a = a;
        this.config = config;
        norm = Math.sqrt(a.largestEigenvalue(0.05));
        l = new LagrangianTv(a, height, a.columns() / height, weight, 1 / norm);
        direction = new float[a.columns()];
        best = new float[a.columns()];
    }

    @Override
    public Solution solve(float[] measured, Listener listener) {
        long start = System.nanoTime();
        Vectors.check("measurements", measured, a.rows());
        float[] b = measured.clone();
        Vectors.scale(1 / norm, b);
        double scale = range(b);
        Vectors.scale(scale, b);
        l.start(b, config.mu0, config.beta0, config.nonNegative);
        System.arraycopy(l.u, 0, best, 0, best.length);
        boolean first = true;
        double gamma = 0.9995;
        double weight = 1;
        double reference = l.value();
        double change = 1;
        int outer = 0;
        int iteration = 0;
        boolean converged = false;
        while (iteration < config.maxIterations) {
            double slope = l.gradient();
            if (slope == 0) {
                converged = true;
                break;
            }
            double step = first ? l.steepest(slope) : l.barzilaiBorwein();
            project(step);
            l.along(direction);
            double share = 1;
            int backtracks = 0;
            while (l.value(share) > reference - share * ARMIJO * step * slope) {
                if (++backtracks > BACKTRACKS) {
                    break;
                }
                share *= SHORTEN;
            }
            if (backtracks > BACKTRACKS) {
                gamma *= 0.9;
                project(l.steepest(slope));
                l.along(direction);
                share = 1;
            }
            l.move(share);
            change = share * Vectors.norm(direction) / Math.max(Vectors.norm(l.u), 1e-30);
            double next = gamma * weight + 1;
            reference = (gamma * weight * reference + l.value()) / next;
            weight = next;
            iteration++;
            boolean inner = change >= config.innerTolerance || first;
            first = false;
            if (!listener.proceed(iteration, () -> image(scale))) {
                break;
            }
            if (inner) {
                continue;
            }
            outer++;
            double moved = Vectors.distance(l.u, best, direction);
            if (moved <= config.tolerance * Vectors.norm(l.u) || outer > config.maxOuter) {
                converged = true;
                break;
            }
            System.arraycopy(l.u, 0, best, 0, best.length);
            l.updateMultipliers(config.equality);
            l.mu = Math.min(2 * l.mu, config.mu);
            l.beta = Math.min(2 * l.beta, config.beta);
            gamma = 0.9995;
            weight = 1;
            reference = l.value();
            first = true;
        }
        return new Solution(image(scale), iteration, converged, System.nanoTime() - start);
    }

    /// Factor that brings the measurements into the range for which the weights are meant.
    private static double range(float[] b) {
        float least = b[0];
        float most = b[0];
        for (float v : b) {
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        double range = most - least;
        if (range == 0 || (range >= 0.5 && range <= 1.5)) {
            return 1;
        }
        return (range < 0.5 ? 0.5 : 1.5) / range;
    }

    /// The direction of a step of this length, cut off where pixels would become negative.
    private void project(double step) {
        float t = (float) step;
        float floor = config.nonNegative ? 0 : Float.NEGATIVE_INFINITY;
        for (int i = 0; i < direction.length; i++) {
            direction[i] = Math.max(l.u[i] - t * l.g[i], floor) - l.u[i];
        }
    }

    private float[] image(double scale) {
        float[] image = l.u.clone();
        Vectors.scale(1 / scale, image);
        return image;
    }
}
