package javelin.nn;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.tensor.GradMode;
import javelin.tensor.Graph;
import javelin.tensor.Node;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.plan.Plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// A network or a part of one: named parameters, named children, and a function of one tensor.
///
/// A subclass registers what it has in its constructor, so that every name of a saved file is
/// visible in the source, and applies ops in [#forward]:
///
/// ```java
/// public final class Linear extends Module {
///     private final Tensor weight = param("weight", Init.heUniform(rng, in, out));
///     …
///     @Override public Tensor forward(Tensor x) { return linear(x, weight, bias); }
/// }
/// ```
///
/// Names of children and their parameters are joined by dots: `layer1.0.conv1.weight`. Parameters
/// live on the backend that was current when the module was made; to move a network, build it again
/// under the other backend and [#load] the [#state] of the first.
///
/// A new module is in training mode. Modules are not thread-safe in training; in inference mode any
/// number of threads may call [#forward].
public abstract class Module {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private final Map<String, Rng> generators = new LinkedHashMap<>();
    private boolean training = true;

    /// For subclasses.
    protected Module() {}

    // ---- for constructors ----

    /// Registers a trained tensor: marks it as one that gradients are wanted for, and returns it.
    protected final Tensor param(String name, Tensor init) {
        claim(name);
        parameters.put(name, init.requireGrad());
        return init;
    }

    /// Registers a tensor that is saved but not trained, for instance running statistics, and
    /// returns it.
    protected final Tensor buffer(String name, Tensor init) {
        claim(name);
        buffers.put(name, init);
        return init;
    }

    /// Registers a part, and returns it.
    protected final <M extends Module> M child(String name, M child) {
        claim(name);
        children.put(name, child);
        return child;
    }

    /// Registers a source of random numbers that is drawn from in training. Its state belongs to a
    /// checkpoint, so [#forward] must ask [#generator(String)] for it each time and not keep it.
    protected final void generator(String name, Rng rng) {
        claim(name);
        generators.put(name, rng);
    }

    /// The source registered under that name.
    protected final Rng generator(String name) {
        Rng rng = generators.get(name);
        if (rng == null) {
            throw new IllegalArgumentException(
                    "module: no generator '%s' in %s".formatted(name, getClass().getSimpleName()));
        }
        return rng;
    }

    private void claim(String name) {
        boolean taken =
                parameters.containsKey(name)
                        || buffers.containsKey(name)
                        || children.containsKey(name)
                        || generators.containsKey(name);
        if (taken || name.isEmpty() || name.contains(".")) {
            throw new IllegalArgumentException(
                    "module: the name '%s' in %s is %s"
                            .formatted(
                                    name,
                                    getClass().getSimpleName(),
                                    taken ? "taken" : "empty or has a dot"));
        }
    }

    // ---- use ----

    /// The function this module computes.
    public abstract Tensor forward(Tensor x);

    /// Switches this module and all its parts to training or to inference.
    public final void training(boolean on) {
        training = on;
        children.values().forEach(c -> c.training(on));
    }

    /// Whether this module is in training mode: batch norm uses the moments of the batch, dropout
    /// drops.
    public final boolean isTraining() {
        return training;
    }

    // ---- what it consists of ----

    /// Trained tensors by dotted name, in declaration order: own ones, then those of the children.
    /// A tensor that is registered twice appears once, under its first name.
    public final Map<String, Tensor> parameters() {
        return collect((m, sink) -> m.parameters.forEach(sink));
    }

    /// Saved but not trained tensors by dotted name, in declaration order.
    public final Map<String, Tensor> buffers() {
        return collect((m, sink) -> m.buffers.forEach(sink));
    }

    /// Parameters and buffers, module by module in declaration order: what a model file holds.
    public final Map<String, Tensor> state() {
        return collect((m, sink) -> {
            m.parameters.forEach(sink);
            m.buffers.forEach(sink);
        });
    }

    /// Direct parts by name, in declaration order.
    public final Map<String, Module> children() {
        return Collections.unmodifiableMap(children);
    }

    /// This module under the name `""` and all its parts by dotted name, each before its own parts.
    public final Map<String, Module> modules() {
        var found = new LinkedHashMap<String, Module>();
        walk("", found::put);
        return Collections.unmodifiableMap(found);
    }

    /// Sources of random numbers by dotted name.
    public final Map<String, Rng> generators() {
        return collect((m, sink) -> m.generators.forEach(sink));
    }

    /// Number of trained numbers.
    public final long parameterCount() {
        return parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
    }

    /// Copies the values of `state` into the parameters and buffers of the same names.
    ///
    /// @throws IllegalArgumentException if names are missing, left over, or shapes or types differ;
    ///   nothing is changed then
    public final void load(Map<String, Tensor> state) {
        Map<String, Tensor> own = state();
        var missing = new LinkedHashSet<>(own.keySet());
        missing.removeAll(state.keySet());
        var unknown = new LinkedHashSet<>(state.keySet());
        unknown.removeAll(own.keySet());
        List<String> misfits = new ArrayList<>();
        own.forEach((name, tensor) -> {
            Tensor given = state.get(name);
            if (given != null && !given.shape().equals(tensor.shape())) {
                misfits.add("%s is %s, expected %s".formatted(name, given.shape(), tensor.shape()));
            } else if (given != null
                    && (given.type() == DType.I32) != (tensor.type() == DType.I32)) {
                misfits.add("%s is %s, expected %s".formatted(name, given.type(), tensor.type()));
            }
        });
        if (!missing.isEmpty() || !unknown.isEmpty() || !misfits.isEmpty()) {
            throw new IllegalArgumentException(
                    "load: the state does not fit %s; missing %s, unknown %s, of another shape or type %s"
                            .formatted(getClass().getSimpleName(), missing, unknown, misfits));
        }
        own.forEach((name, tensor) -> tensor.assign(named(name, state)));
    }

    private static Tensor named(String name, Map<String, Tensor> state) {
        return java.util.Objects.requireNonNull(state.get(name), name);
    }

    /// Sets the states of all sources of random numbers.
    ///
    /// @throws IllegalArgumentException if the names are not those of [#generators]
    public final void loadGenerators(Map<String, Rng.State> states) {
        Map<String, Rng> own = generators();
        if (!own.keySet().equals(states.keySet())) {
            throw new IllegalArgumentException(
                    "load: generators %s do not fit %s, which has %s"
                            .formatted(states.keySet(), getClass().getSimpleName(), own.keySet()));
        }
        walk(
                "",
                (path, m) ->
                        m.generators.replaceAll((name, old) -> {
                            Rng.State state = states.get(join(path, name));
                            return state == null ? old : Rng.of(state);
                        }));
    }

    private <T> Map<String, T> collect(Part<T> part) {
        var found = new LinkedHashMap<String, T>();
        Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        walk(
                "",
                (path, m) ->
                        part.of(
                                m,
                                (name, value) -> {
                                    if (seen.add(value)) {
                                        found.put(join(path, name), value);
                                    }
                                }));
        return Collections.unmodifiableMap(found);
    }

    private interface Part<T> {
        void of(Module m, BiConsumer<String, T> sink);
    }

    private void walk(String path, BiConsumer<String, Module> visit) {
        visit.accept(path, this);
        children.forEach((name, c) -> c.walk(join(path, name), visit));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    // ---- looking at it ----

    /// The ops of one forward pass in inference mode, on zeros of the given shape (batch size
    /// included), on the backend of the parameters. Made under [javelin.kernels.Backends#dry()], a
    /// network of any size is traced at no cost.
    public final Graph trace(Shape input) {
        return inference(() ->
                Backends.with(
                        backend(),
                        () -> {
                            Tensor x = Tensor.zeros(input.dims());
                            return GradMode.off(() -> Graph.trace(() -> forward(x)));
                        }));
    }

    /// This module in inference mode, made ready to be run many times on inputs of one shape, on
    /// the backend of the parameters. Later training does not change the plan.
    ///
    /// @param input shape of the input, batch size included
    public final Plan plan(Shape input) {
        return inference(() -> Backends.with(backend(), () -> Plan.of(this::forward, input)));
    }

    private Backend backend() {
        var all = parameters().values();
        return all.isEmpty() ? Backends.current() : all.iterator().next().backend();
    }

    /// Runs `work` with this module and its parts in inference mode, then restores the mode of
    /// each.
    public final <T> T inference(Supplier<T> work) {
        var before = new IdentityHashMap<Module, Boolean>();
        walk("", (_, m) -> before.put(m, m.training));
        training(false);
        try {
            return work.get();
        } finally {
            before.forEach((m, on) -> m.training = on);
        }
    }

    /// Table of the ops of one forward pass on a batch of the given shape: layer, op, shape of the
    /// result, trained numbers, multiply–accumulate operations, bytes of the result; and totals.
    public final String summary(Shape input) {
        var names = new IdentityHashMap<Node, String>();
        state().forEach((name, tensor) -> names.put(tensor.node(), name));
        return trace(input).table(names);
    }
}
