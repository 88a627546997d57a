package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// Classifier that takes each class for a normal distribution: linear with one covariance for all
/// classes, quadratic with one for each.
///
/// `δₖ(x) = −½·(x − μₖ)ᵀ Σₖ⁻¹ (x − μₖ) − ½·ln|Σₖ| + ln πₖ`
///
/// Shrinkage pulls the covariance towards its diagonal, `(1 − λ)·Σ + λ·diag Σ`, which does not
/// depend on the features' units. A feature that never varies within a class says nothing and is
/// left out there (linear: within all classes).
///
/// Immutable once fitted, for any number of threads.
///
/// @see "Friedman, Regularized discriminant analysis, 1989"
/// @see "Hastie, Tibshirani and Friedman, The elements of statistical learning, 2009, section 4.3"
public final class Discriminant {
    /// Shape of the borders between classes.
    public enum Kind {
        /// One covariance for all classes.
        LINEAR,
        /// One covariance for each class.
        QUADRATIC
    }

    private final int features;
    private final double[][] means;
    private final double[][] whiten; // of each class: lower triangle of L⁻¹, rows scaled to units
    private final double[] constants; // ln π − ½ ln|Σ|
    private final double[][] slopes; // of each class; empty for a quadratic one

    private Discriminant(int features, double[][] means, double[][] whiten, double[] constants) {
        this.features = features;
        this.means = means;
        this.whiten = whiten;
        this.constants = constants;
        slopes = new double[0][];
    }

    /// A linear one: what is quadratic in `x` is common to all classes and cancels, `δₖ(x) =
    /// x·Σ⁻¹μₖ − ½·μₖᵀΣ⁻¹μₖ + ln πₖ`, with `x` and `μ` taken from the first mean.
    private Discriminant(Discriminant general) {
        features = general.features;
        means = general.means;
        whiten = general.whiten;
        slopes = new double[means.length][features];
        constants = general.constants.clone();
        double[] z = new double[features];
        for (int k = 0; k < means.length; k++) {
            double[] rows = whiten[k];
            int at = 0;
            double square = 0;
            for (int a = 0; a < features; a++) {
                z[a] = 0;
                for (int b = 0; b <= a; b++) {
                    z[a] += rows[at++] * (means[k][b] - means[0][b]);
                }
                square += z[a] * z[a];
            }
            at = 0;
            for (int a = 0; a < features; a++) {
                for (int b = 0; b <= a; b++) {
                    slopes[k][b] += rows[at++] * z[a];
                }
            }
            constants[k] -= square / 2;
        }
    }

    /// Fits to labelled examples.
    ///
    /// @param x examples, `[examples][features]`
    /// @param labels class of each, `0 … classes − 1`; each class needs two examples
    /// @param shrinkage `λ`, in `[0, 1]`
    public static Discriminant fit(
            Kind kind, double[][] x, int[] labels, int classes, double shrinkage) {
        Checks.atLeast("discriminant", "classes", classes, 2);
        Checks.range("discriminant", "shrinkage", shrinkage, 0, 1);
        Checks.examples("discriminant", x, labels, classes);
        int features = x[0].length;
        int[] counts = new int[classes];
        double[][] means = means(x, labels, counts, features);
        double[][] whiten = new double[classes][];
        double[] constants = new double[classes];
        double[] all = new double[features * features];
        for (int k = 0; k < classes; k++) {
            double[] own = scatter(x, labels, k, means[k]);
            for (int i = 0; i < all.length; i++) {
                all[i] += own[i];
            }
            if (kind == Kind.QUADRATIC) {
                var inverse = new Whitening(own, counts[k] - 1, features, shrinkage, "class " + k);
                whiten[k] = inverse.rows();
                constants[k] = -inverse.logDeterminant() / 2;
            }
        }
        if (kind == Kind.LINEAR) {
            int freedom = Math.max(1, x.length - classes);
            var inverse = new Whitening(all, freedom, features, shrinkage, "all classes");
            Arrays.fill(whiten, inverse.rows());
        }
        for (int k = 0; k < classes; k++) {
            constants[k] += Math.log((double) counts[k] / x.length);
        }
        var general = new Discriminant(features, means, whiten, constants);
        return kind == Kind.LINEAR ? new Discriminant(general) : general;
    }

    private static double[][] means(double[][] x, int[] labels, int[] counts, int features) {
        double[][] means = new double[counts.length][features];
        for (int i = 0; i < x.length; i++) {
            counts[labels[i]]++;
            for (int f = 0; f < features; f++) {
                means[labels[i]][f] += x[i][f];
            }
        }
        for (int k = 0; k < counts.length; k++) {
            Checks.atLeast("discriminant", "number of examples of class " + k, counts[k], 2);
            for (int f = 0; f < features; f++) {
                means[k][f] /= counts[k];
            }
        }
        return means;
    }

    private static double[] scatter(double[][] x, int[] labels, int k, double[] mean) {
        int n = mean.length;
        double[] s = new double[n * n];
        for (int i = 0; i < x.length; i++) {
            if (labels[i] == k) {
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b <= a; b++) {
                        s[a * n + b] += (x[i][a] - mean[a]) * (x[i][b] - mean[b]);
                    }
                }
            }
        }
        return s;
    }

    /// Number of classes.
    public int classes() {
        return means.length;
    }

    /// `δₖ(x)` of each class, up to a constant that is common to all.
    ///
    /// @param scores result, one per class
    public void scores(double[] x, double[] scores) {
        Checks.width("discriminant", x, features);
        for (int k = 0; k < slopes.length; k++) {
            double score = constants[k];
            for (int f = 0; f < features; f++) {
                score += slopes[k][f] * (x[f] - means[0][f]);
            }
            scores[k] = score;
        }
        if (slopes.length > 0) {
            return;
        }
        for (int k = 0; k < means.length; k++) {
            double[] mean = means[k];
            double[] rows = whiten[k];
            double distance = 0;
            int at = 0;
            for (int a = 0; a < features; a++) {
                double z = 0;
                for (int b = 0; b <= a; b++) {
                    z += rows[at++] * (x[b] - mean[b]);
                }
                distance += z * z;
            }
            scores[k] = constants[k] - distance / 2;
        }
    }

    /// Most likely class of an example.
    public int predict(double[] x) {
        double[] scores = new double[means.length];
        scores(x, scores);
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }

    /// Probability of each class; their sum is 1.
    public double[] probabilities(double[] x) {
        double[] p = new double[means.length];
        scores(x, p);
        double most = Double.NEGATIVE_INFINITY;
        for (double s : p) {
            most = Math.max(most, s);
        }
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(p[k] - most);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }
}
