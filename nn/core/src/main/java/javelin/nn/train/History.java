package javelin.nn.train;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The metrics of each epoch of a run, of all its parts if it was resumed.
public record History(List<TrainListener.Epoch> epochs) {
    /// Copies the list.
    public History {
        epochs = List.copyOf(epochs);
    }

    /// History of a run that has just begun.
    public static History empty() {
        return new History(List.of());
    }

    /// This history and one more epoch.
    public History with(TrainListener.Epoch epoch) {
        List<TrainListener.Epoch> longer = new ArrayList<>(epochs);
        longer.add(epoch);
        return new History(longer);
    }

    /// Values of a metric, one per epoch that has it.
    public double[] values(String metric) {
        return epochs.stream()
                .filter(e -> e.metrics().containsKey(metric))
                .mapToDouble(e -> e.metrics().getOrDefault(metric, Double.NaN))
                .toArray();
    }

    /// The first epoch with the best value of a metric; empty if no epoch has a number there.
    public Optional<TrainListener.Epoch> best(Monitor monitor) {
        TrainListener.Epoch best = null;
        double value = monitor.worst();
        for (TrainListener.Epoch e : epochs) {
            double v = e.metrics().getOrDefault(monitor.metric(), Double.NaN);
            if (monitor.better(v, value, 0)) {
                best = e;
                value = v;
            }
        }
        return Optional.ofNullable(best);
    }

    /// As a value that [javelin.nn.io.Json] writes.
    public List<Map<String, Object>> toJson() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (TrainListener.Epoch e : epochs) {
            var row = new LinkedHashMap<String, Object>();
            row.put("step", e.step());
            row.put("epoch", e.epoch());
            row.put("metrics", e.metrics());
            rows.add(row);
        }
        return rows;
    }

    /// From what [#toJson] gave, after a way through a file: numbers that were not finite are NaN.
    ///
    /// @throws ClassCastException if it is something else
    static History fromJson(@Nullable Object json) {
        List<TrainListener.Epoch> epochs = new ArrayList<>();
        if (json instanceof List<?> rows) {
            for (Object row : rows) {
                Map<?, ?> r = (Map<?, ?>) row;
                var metrics = new LinkedHashMap<String, Double>();
                if (r.get("metrics") instanceof Map<?, ?> values) {
                    values.forEach((name, v) -> metrics.put((String) name, number(v)));
                }
                long step = (long) number(r.get("step"));
                epochs.add(new TrainListener.Epoch(step, (int) number(r.get("epoch")), metrics));
            }
        }
        return new History(epochs);
    }

    /// A number read from a file; null is one that was not finite.
    static double number(@Nullable Object json) {
        return json == null ? Double.NaN : ((Number) json).doubleValue();
    }
}
