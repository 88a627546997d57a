package javelin.kernels.elementwise;

/// Gauss error function in 64 bits.
final class Erf {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    private Erf() {}

    /// `2/√π · ∫₀ˣ e^(−t²) dt`, relative error below 1e-14.
    ///
    /// Up to 2.5 by the all-positive series `e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1))`, beyond by the
    /// continued fraction of the complement.
    ///
    /// @see "Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14"
    static double erf(double x) {
        double a = Math.abs(x);
        if (!(a < 6)) { // 1 − erf(6) is 2e-17; also NaN
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        return a < 2.5 ? series(x) : Math.signum(x) * (1 - complement(a));
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
    }

    private static double complement(double x) {
        double tail = x;
        for (int k = 60; k >= 1; k--) {
            tail = x + k / 2.0 / tail;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
    }
}
