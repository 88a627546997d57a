package javelin.algorithms.fourierspi.sensing;

/// Reconstruction with sparse coefficients in a transform, by the fast iterative
/// shrinkage-thresholding algorithm: `min ½‖A·Ψ·z − b‖² + λ·‖z‖₁`, the coarse coefficients free.
///
/// `λ` falls in equal ratios from a tenth of the largest correlation to its final value; each stage
/// begins where the last one ended. The momentum restarts when it points uphill.
///
/// @see "Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse
///   problems, 2009"
/// @see "O'Donoghue and Candès, Adaptive restart for accelerated gradient schemes, 2015"
public final class Fista implements Solver {
    /// Parameters.
    ///
    /// @param first first `λ`, as a share of `‖ΨᵀAᵀb‖∞`
    /// @param last final `λ`, likewise; more noise asks for more
    /// @param stages number of values of `λ`
    /// @param tolerance relative change of the coefficients that ends a stage
    /// @param maxIterations steps in all
    public record Config(
            double first, double last, int stages, double tolerance, int maxIterations) {
        /// For measurements without noise.
        public static final Config DEFAULT = new Config(0.1, 0.002, 6, 1e-4, 1000);

        /// Checks all values.
        public Config {
            Limits.positive("fista", "first", first);
            Limits.positive("fista", "last", last);
            if (last > first) {
                throw new IllegalArgumentException(
                        "fista: the weight falls from first to last, but %s is less than %s"
                                .formatted(first, last));
            }
            Limits.atLeastOne("fista", "stages", stages);
            Limits.notNegative("fista", "tolerance", tolerance);
            Limits.atLeastOne("fista", "maxIterations", maxIterations);
        }

        /// The same with another final weight; the first one is no less.
        public Config withLast(double newLast) {
            return new Config(Math.max(first, newLast), newLast, stages, tolerance, maxIterations);
        }
    }

    private final Measurement a;
    private final Transform transform;
    private final Config config;
    private final double lipschitz;
    private final boolean[] free;

    /// Solver for images of the transform's size.
    ///
    /// @throws IllegalArgumentException if the transform has another size than the measurement
    public Fista(Measurement a, Transform transform, Config config) {
        if (a.columns() != transform.size()) {
            throw new IllegalArgumentException(
                    "fista: the transform has %d pixels, the measurement %d"
                            .formatted(transform.size(), a.columns()));
        }
        this.a = a;
        this.transform = transform;
        this.config = config;
        lipschitz = 1.02 * a.largestEigenvalue(0.001);
        free = new boolean[a.columns()];
        for (int i = 0; i < free.length; i++) {
            free[i] = transform.isCoarse(i);
        }
    }

    @Override
    public Solution solve(float[] b, Listener listener) {
        long start = System.nanoTime();
        Vectors.check("measurements", b, a.rows());
        int n = a.columns();
        float[] z = new float[n];
        float[] y = new float[n];
        float[] next = new float[n];
        float[] step = new float[n];
        float[] image = new float[n];
        float[] gradient = new float[n];
        float[] residual = new float[a.rows()];
        float[] thresholds = new float[n];
        a.adjoint(b, image);
        transform.analyse(image, gradient);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = free[i] ? largest : Math.max(largest, Math.abs(gradient[i]));
        }
        int iteration = 0;
        boolean converged = false;
        boolean proceed = true;
        for (int stage = 0; stage < config.stages && proceed; stage++) {
            double share = config.stages == 1 ? 1 : (double) stage / (config.stages - 1);
            double lambda = largest * config.first * Math.pow(config.last / config.first, share);
            for (int i = 0; i < n; i++) {
                thresholds[i] = free[i] ? 0 : (float) (lambda / lipschitz);
            }
            System.arraycopy(z, 0, y, 0, n);
            double t = 1;
            converged = false;
            while (!converged && proceed) {
                if (iteration == config.maxIterations) {
                    proceed = false;
                    break;
                }
                transform.synthesise(y, image);
                a.apply(image, residual);
                Vectors.subtract(residual, b, residual);
                a.adjoint(residual, image);
                transform.analyse(image, gradient);
                shrink(y, gradient, thresholds, (float) (1 / lipschitz), next);
                Vectors.subtract(next, z, step);
                double faster = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
                boolean uphill = Vectors.dot(y, step) > Vectors.dot(next, step);
                float momentum = uphill ? 0 : (float) ((t - 1) / faster);
                t = uphill ? 1 : faster;
                for (int i = 0; i < n; i++) {
                    y[i] = next[i] + momentum * step[i];
                }
                System.arraycopy(next, 0, z, 0, n);
                converged = Vectors.norm(step) <= config.tolerance * Vectors.norm(z);
                iteration++;
                proceed = listener.proceed(iteration, () -> image(z));
            }
        }
        return new Solution(image(z), iteration, converged, System.nanoTime() - start);
    }

    private static void shrink(
            float[] y, float[] gradient, float[] thresholds, float length, float[] next) {
        for (int i = 0; i < y.length; i++) {
            next[i] = Vectors.shrink(y[i] - length * gradient[i], thresholds[i]);
        }
    }

    private float[] image(float[] z) {
        float[] image = new float[z.length];
        transform.synthesise(z, image);
        return image;
    }
}
