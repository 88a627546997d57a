package javelin.algorithms.fourierspi.recognition;

/// How many of a number of trials went well.
public record Rate(int good, int trials) {
    private static final double Z = 1.959964; // 95 % of a normal distribution

    public Rate {
        if (good < 0 || good > trials) {
            throw new IllegalArgumentException("rate: %d of %d is no rate".formatted(good, trials));
        }
    }

    /// From 0 to 1; NaN without trials.
    public double value() {
        return trials == 0 ? Double.NaN : (double) good / trials;
    }

    /// Lower end of the 95 % interval.
    ///
    /// @see "Wilson, Probable inference, the law of succession, and statistical inference, 1927"
    public double low() {
        return trials == 0 ? 0 : Math.max(0, middle() - half());
    }

    /// Upper end of the 95 % interval.
    public double high() {
        return trials == 0 ? 1 : Math.min(1, middle() + half());
    }

    private double middle() {
        return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double half() {
        double p = value();
        double variance = p * (1 - p) / trials + Z * Z / (4.0 * trials * trials);
        return Z / (1 + Z * Z / trials) * Math.sqrt(variance);
    }

    /// `0.95 [0.91, 0.97]`.
    @Override
    public String toString() {
        return "%.3f [%.3f, %.3f]".formatted(value(), low(), high());
    }
}
