package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// Ends a run when a metric has not become better for some evaluations in a row.
public final class EarlyStopping implements TrainListener {
    private final Monitor monitor;
    private final int patience;
    private final double margin;
    private @Nullable Run run;
    private double best;
    private int waited;

    /// Stops after `patience` evaluations without a new best value.
    ///
    /// @param margin how much better a value must be to count, at least 0
    /// @throws IllegalArgumentException if `patience` is less than 1 or `margin` less than 0
    public EarlyStopping(Monitor monitor, int patience, double margin) {
        if (patience < 1 || !(margin >= 0)) {
            throw new IllegalArgumentException(
                    "early stopping: patience must be at least 1 and margin at least 0, got %d and %s"
                            .formatted(patience, margin));
        }
        this.monitor = monitor;
        this.patience = patience;
        this.margin = margin;
        this.best = monitor.worst();
    }

    @Override
    public void onStart(Run started) {
        if (!started.metrics().contains(monitor.metric())) {
            throw new IllegalArgumentException(
                    "early stopping: no metric '%s'; this run has %s"
                            .formatted(monitor.metric(), started.metrics()));
        }
        run = started;
        stopIfDue();
    }

    @Override
    public void onEpochEnd(Epoch epoch) {
        Double value = epoch.metrics().get(monitor.metric());
        if (value == null) {
            return; // not evaluated in this epoch
        }
        if (monitor.better(value, best, margin)) {
            best = value;
            waited = 0;
        } else {
            waited++;
        }
        stopIfDue();
    }

    private void stopIfDue() {
        if (run != null && waited >= patience) {
            run.stop(
                    "early stopping: %s was not better than %.6g for %d evaluations"
                            .formatted(monitor.metric(), best, waited));
        }
    }

    @Override
    public Map<String, Double> state() {
        return best == monitor.worst()
                ? Map.of("waited", (double) waited)
                : Map.of("best", best, "waited", (double) waited);
    }

    @Override
    public void restore(Map<String, Double> state) {
        best = state.getOrDefault("best", monitor.worst());
        waited = state.getOrDefault("waited", 0.0).intValue();
    }
}
