package javelin.nn.optim;

import javelin.kernels.Kernel;
import javelin.kernels.View;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A rule that turns gradients into steps. A value: its hyper-parameters; the learning rate of each
/// step comes from a schedule.
public sealed interface Optimizer permits Sgd, Adam, AdamW, Rmsprop {
    /// Names of the tensors remembered per parameter, in the order in which the kernel takes them.
    List<String> slots();

    /// Kernel of step number `step`, from 1, for a parameter that decays or does not.
    Kernel kernel(double rate, long step, boolean decays);

    /// Which parameters shrink.
    Decay decay();

    /// Fresh state for these parameters, which it will update in place.
    default State start(Map<String, Tensor> parameters) {
        return new State(this, parameters);
    }

    /// Weight decay: how strong, and on what.
    ///
    /// @param strength share of the parameter that is added to its gradient (or, decoupled, taken
    ///   from it per unit of learning rate); at least 0
    /// @param matricesOnly whether parameters with fewer than two axes (biases, scales and shifts
    ///   of normalisations) are left alone
    record Decay(double strength, boolean matricesOnly) {
        /// No weight decay.
        public static final Decay NONE = new Decay(0, false);

        /// Checks the range.
        ///
        /// @throws IllegalArgumentException if `strength` is negative or not a number
        public Decay {
            if (!(strength >= 0)) {
                throw new IllegalArgumentException(
                        "optimizer: weight decay must be at least 0, got " + strength);
            }
        }

        /// Decay of every parameter.
        public static Decay all(double strength) {
            return new Decay(strength, false);
        }

        /// Decay of weights, not of biases and normalisations.
        public static Decay matrices(double strength) {
            return new Decay(strength, true);
        }

        boolean applies(Tensor parameter) {
            return !matricesOnly || parameter.shape().rank() >= 2;
        }
    }

    /// What an optimiser remembers between steps. Not thread-safe.
    final class State {
        private final Optimizer rule;
        private final Map<String, Tensor> parameters;
        private final Map<String, Tensor> memory = new LinkedHashMap<>();
        private long steps;

        State(Optimizer rule, Map<String, Tensor> parameters) {
            this.rule = rule;
            this.parameters = new LinkedHashMap<>(parameters);
            this.parameters.forEach((name, p) ->
                    rule.slots().forEach(s -> memory.put(name + "/" + s, Tensor.zerosLike(p))));
        }

        /// Updates every parameter that has a gradient in `gradients`, in place.
        ///
        /// @param gradients by parameter name, each of the parameter's shape
        /// @param rate learning rate, at least 0
        /// @throws IllegalArgumentException if a gradient has no parameter or another shape, or the
        ///   rate is negative or not finite; nothing is changed then
        public void step(Map<String, Tensor> gradients, double rate) {
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "optimizer: the learning rate must be at least 0 and finite, got " + rate);
            }
            gradients.forEach(this::check);
            steps++;
            gradients.forEach((name, g) -> update(name, g, rate));
        }

        private void check(String name, Tensor gradient) {
            Tensor p = parameters.get(name);
            if (p == null || !p.shape().equals(gradient.shape())) {
                throw new IllegalArgumentException(
                        "optimizer: gradient '%s' %s, but the parameter is %s"
                                .formatted(
                                        name, gradient.shape(), p == null ? "unknown" : p.shape()));
            }
        }

        private void update(String name, Tensor gradient, double rate) {
            Tensor p = tensor(parameters, name);
            var inputs = new ArrayList<View>();
            inputs.add(gradient.view());
            rule.slots().forEach(s -> inputs.add(tensor(memory, name + "/" + s).view()));
            Kernel kernel = rule.kernel(rate, steps, rule.decay().applies(p));
            p.backend().run(kernel, inputs, p.view());
        }

        private static Tensor tensor(Map<String, Tensor> from, String name) {
            return Objects.requireNonNull(from.get(name), name);
        }

        /// Number of steps taken.
        public long steps() {
            return steps;
        }

        /// What is remembered per parameter, as `parameter/slot`: part of a checkpoint.
        public Map<String, Tensor> tensors() {
            return Collections.unmodifiableMap(memory);
        }

        /// What is remembered besides: part of a checkpoint.
        public Map<String, @Nullable Object> numbers() {
            return Map.of("steps", steps);
        }

        /// Sets what [#tensors] and [#numbers] gave.
        ///
        /// @throws IllegalArgumentException if names or shapes are others; nothing is changed then
        public void load(Map<String, Tensor> tensors, Map<String, @Nullable Object> numbers) {
            if (!tensors.keySet().equals(memory.keySet())) {
                throw new IllegalArgumentException(
                        "optimizer: the saved state has %d tensors, of other names than the %d of %s"
                                .formatted(tensors.size(), memory.size(), rule));
            }
            memory.forEach((name, t) -> {
                if (!tensor(tensors, name).shape().equals(t.shape())) {
                    throw new IllegalArgumentException(
                            "optimizer: the saved '%s' is %s, expected %s"
                                    .formatted(name, tensor(tensors, name).shape(), t.shape()));
                }
            });
            if (!(numbers.get("steps") instanceof Number n)) {
                throw new IllegalArgumentException("optimizer: the saved state has no 'steps'");
            }
            memory.forEach((name, t) -> t.assign(tensor(tensors, name)));
            steps = n.longValue();
        }
    }
}
