package javelin.bench;

import java.util.Arrays;
import java.util.Collection;

/// Few numbers in one.
public final class Statistics {
    private Statistics() {}

    /// The middle one, or the mean of the two in the middle.
    ///
    /// @throws IllegalArgumentException if there are none
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("median: there are no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /// The middle one; see [#median(double...)].
    public static double median(Collection<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /// `(Π x)^(1/n)`: the mean to use for ratios.
    ///
    /// @throws IllegalArgumentException if there are no values or one is not positive
    public static double geometricMean(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("geometric mean: there are no values");
        }
        double sum = 0;
        for (double v : values) {
            if (!(v > 0)) {
                throw new IllegalArgumentException(
                        "geometric mean: values must be positive, got " + v);
            }
            sum += Math.log(v);
        }
        return Math.exp(sum / values.size());
    }

    /// The number with `digits` digits that count, for a table that people read.
    public static double round(double value, int digits) {
        return Double.isFinite(value) && value != 0
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(digits))
                        .doubleValue()
                : value;
    }
}
