package javelin.nn.optim;

import javelin.kernels.View;
import javelin.kernels.elementwise.Ternary;
import javelin.nn.Module;
import javelin.tensor.Tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Exponential moving average of a network's parameters and buffers: `average ← decay·average + (1
/// − decay)·value`, where the decay grows to its final value as `min(decay, (1 + t) / (10 + t))`,
/// so that early values are soon forgotten.
///
/// Not thread-safe.
public final class Ema {
    private static final String UPDATES = "updates";

    private final double decay;
    private final Map<String, Tensor> average = new LinkedHashMap<>();
    private long updates;

    /// Average that starts at the present values of `model`.
    ///
    /// @param decay share of the old average that stays, in `[0, 1)`
    /// @throws IllegalArgumentException if `decay` is out of range
    public Ema(Module model, double decay) {
        Ranges.share("ema", "decay", decay);
        this.decay = decay;
        model.state().forEach((name, t) -> average.put(name, copy(t)));
    }

    private static Tensor copy(Tensor t) {
        Tensor copy = Tensor.zerosLike(t);
        copy.assign(t);
        return copy;
    }

    /// Moves the average towards the present values of `model`.
    public void update(Module model) {
        updates++;
        double kept = Math.min(decay, (1.0 + updates) / (10 + updates));
        model.state()
                .forEach((name, value) -> {
                    Tensor a = of(name);
                    Tensor weight = Tensor.scalar(a.backend(), 1 - kept);
                    List<View> in = List.of(a.view(), value.view(), weight.view());
                    a.backend().run(Ternary.LERP, in, a.view());
                });
    }

    /// Runs `work` with the averages in place of the values of `model`, and puts the values back
    /// afterwards, also if `work` fails.
    public <T> T with(Module model, Supplier<T> work) {
        var own = new LinkedHashMap<String, Tensor>();
        model.state().forEach((name, t) -> own.put(name, copy(t)));
        model.load(average);
        try {
            return work.get();
        } finally {
            model.load(own);
        }
    }

    /// The averages by name of parameter or buffer, and the number of updates under `updates`: part
    /// of a checkpoint.
    public Map<String, Tensor> state() {
        var all = new LinkedHashMap<>(average);
        all.put(UPDATES, Tensor.of(new int[] {Math.toIntExact(updates)}, 1));
        return Collections.unmodifiableMap(all);
    }

    /// Sets what [#state] gave.
    ///
    /// @throws IllegalArgumentException if names or shapes are others
    public void load(Map<String, Tensor> state) {
        var expected = new LinkedHashMap<>(state);
        Tensor count = expected.remove(UPDATES);
        if (count == null || !expected.keySet().equals(average.keySet())) {
            throw new IllegalArgumentException(
                    "ema: the saved averages are not those of this network");
        }
        average.forEach((name, t) -> t.assign(Objects.requireNonNull(state.get(name))));
        updates = (long) count.item();
    }

    private Tensor of(String name) {
        Tensor a = average.get(name);
        if (a == null) {
            throw new IllegalArgumentException("ema: no average of '" + name + "'");
        }
        return a;
    }
}
