package javelin.nn.train;

/// A metric and the direction in which it is better: what early stopping and the best checkpoint
/// look at.
///
/// @param metric name of the metric, for instance `validation_accuracy`
/// @param higherIsBetter true for accuracies, false for losses
public record Monitor(String metric, boolean higherIsBetter) {
    /// Higher is better.
    public static Monitor highest(String metric) {
        return new Monitor(metric, true);
    }

    /// Lower is better.
    public static Monitor lowest(String metric) {
        return new Monitor(metric, false);
    }

    /// The value that everything beats.
    public double worst() {
        return higherIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /// Whether `value` beats `best` by more than `margin`; NaN beats nothing.
    public boolean better(double value, double best, double margin) {
        return higherIsBetter ? value > best + margin : value < best - margin;
    }
}
