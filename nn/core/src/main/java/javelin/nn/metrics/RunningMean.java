package javelin.nn.metrics;

/// Weighted mean of a stream of numbers. Not thread-safe.
public final class RunningMean {
    private double sum;
    private double weight;

    /// Empty mean.
    public RunningMean() {}

    /// Adds a number that stands for `count` examples.
    public void add(double value, double count) {
        sum += value * count;
        weight += count;
    }

    /// The mean so far; NaN if nothing was added.
    public double value() {
        return sum / weight;
    }

    /// Forgets everything.
    public void reset() {
        sum = 0;
        weight = 0;
    }
}
