package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.GradMode;
import javelin.tensor.Graph;
import javelin.tensor.Node;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A network made ready to be run many times on inputs of one shape.
///
/// ```java
/// Plan plan = Plan.of(network::forward, Shape.of(1, 224, 224, 3));
/// plan.run(pixels, scores); // two arrays of the caller; nothing is allocated
/// ```
///
/// The network is run once and its graph recorded; from the kernels that the ops of the graph would
/// run, a plan makes a shorter list. What depends on no input is computed once. Batch norm and
/// constant factors go into the weights in front of them; bias, sum with another branch and ReLU
/// into the kernel of the product or convolution. Kernels get their constants in advance, in the
/// form they read best. Results share memory as soon as they are needed no more.
///
/// A plan is a snapshot: it has copies of the weights, and later training does not change it. It
/// repeats the ops that were recorded, so a decision that the network takes in Java code, and the
/// mode of its layers (training or inference), stay as they were; so does a number that it reads
/// from a tensor. Results differ from those of the ops by rounding, because sums are scaled in
/// another order.
///
/// Any number of threads may run a plan at once: each run borrows a workspace, and as many are kept
/// as were used at once, at most [#KEPT]. Results do not depend on the number of threads.
public final class Plan {
    /// Idle workspaces that are kept at most.
    public static final int KEPT = 64;

    private static final int DESCRIBED_RUNS = 20;

    private final Program program;
    private final List<Step> steps;
    private final MemoryPlan memory;
    private final long activationBytes;
    private final Pool<Workspace> workspaces;

    private Plan(Graph graph, Program recorded) {
        program = optimised(recorded);
        steps = program.calls().stream().map(c -> Step.of(program.backend(), c)).toList();
        memory = MemoryPlan.of(program);
        activationBytes = graph.activationBytes();
        workspaces = new Pool<>(KEPT, this::workspace);
        workspaces.giveBack(workspace());
    }

    /// Plan of a network with one input of real numbers, on the current backend, where its weights
    /// must be. The network is traced on zeros.
    ///
    /// @param input shape of the input, batch size included
    /// @throws ShapeException if the network rejects the shape
    /// @throws IllegalArgumentException if the network draws random numbers
    public static Plan of(UnaryOperator<Tensor> network, Shape input) {
        return of(x -> network.apply(x.getFirst()), List.of(Tensor.zeros(input.dims())));
    }

    /// Plan of a function of several tensors, on their backend.
    ///
    /// @param examples one tensor per input, which gives its shape and type; the network is traced
    ///   on their values
    /// @throws IllegalArgumentException if there are no examples, or the network draws random
    ///   numbers
    public static Plan of(Function<List<Tensor>, Tensor> network, List<Tensor> examples) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("plan: a network needs at least one input");
        }
        Backend on = examples.getFirst().backend();
        List<Tensor> inputs = examples.stream().map(Tensor::detach).toList(); // leaves of our own
        Graph graph =
                Backends.with(
                        on, () -> GradMode.off(() -> Graph.trace(() -> network.apply(inputs))));
        List<Node> nodes = inputs.stream().map(Tensor::node).toList();
        return new Plan(graph, Recorder.program(on, graph, nodes));
    }

    private static Program optimised(Program recorded) {
        Program p = Cleanup.withoutDeadCalls(Constants.folded(recorded));
        p = Weights.scaled(Epilogues.fused(Cleanup.withoutCopies(p)));
        Constants.own(p);
        return p;
    }

    private Workspace workspace() {
        return new Workspace(program, steps, memory);
    }

    // ---- running ----

    /// The result for one input of real numbers.
    ///
    /// @param x the input, row-major; images are `[n, h, w, c]`
    /// @param y receives the result
    /// @throws ShapeException if an array has another length than its shape
    public void run(float[] x, float[] y) {
        requireInputs(1);
        requireLength("input", program.inputs().getFirst(), x.length);
        requireLength("result", program.output(), y.length);
        Workspace w = workspaces.borrow();
        try {
            Transfer.in(program.backend(), x, w.input(0));
            w.run();
            Transfer.out(program.backend(), w.output(), y);
        } finally {
            workspaces.giveBack(w);
        }
    }

    /// The result for any number of inputs, in memory of the backend. Allocates nothing.
    ///
    /// @param inputs one view per input, of its shape and type
    /// @param output receives the result; may be one of the inputs
    /// @throws ShapeException if their number or a shape differs
    /// @throws IllegalArgumentException if an element type differs
    public void run(List<View> inputs, View output) {
        requireInputs(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            requireLike("input", program.inputs().get(i), inputs.get(i));
        }
        requireLike("result", program.output(), output);
        Workspace w = workspaces.borrow();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                Transfer.copy(program.backend(), inputs.get(i), w.input(i));
            }
            w.run();
            Transfer.copy(program.backend(), w.output(), output);
        } finally {
            workspaces.giveBack(w);
        }
    }

    /// The result for any number of inputs, as a new tensor without history.
    ///
    /// @throws ShapeException if their number or a shape differs
    /// @throws IllegalArgumentException if an element type or the backend differs
    @SuppressWarnings("ReferenceEquality") // a backend is its identity
    public Tensor run(Tensor... inputs) {
        Backend on = program.backend();
        for (Tensor x : inputs) {
            if (x.backend() != on) {
                throw new IllegalArgumentException(
                        "plan: made for backend %s, the input is on %s; move it with to(…)"
                                .formatted(on.name(), x.backend().name()));
            }
        }
        View y = program.output();
        View result = View.of(on.allocate(y.type(), y.shape().size()), y.shape());
        run(Arrays.stream(inputs).map(Tensor::view).toList(), result);
        return Tensor.wrap(on, result);
    }

    private void requireInputs(int given) {
        if (given != program.inputs().size()) {
            throw new ShapeException(
                    "plan",
                    "takes %d input%s %s, got %d"
                            .formatted(
                                    program.inputs().size(),
                                    program.inputs().size() == 1 ? "" : "s",
                                    inputs(),
                                    given),
                    inputs());
        }
    }

    private static void requireLength(String what, View expected, int given) {
        if (expected.shape().size() != given) {
            throw new ShapeException(
                    "plan",
                    "%s of shape %s has %d numbers, the array given %d"
                            .formatted(what, expected.shape(), expected.shape().size(), given),
                    List.of(expected.shape()));
        }
        if (expected.type() == DType.I32) {
            throw new IllegalArgumentException(
                    "plan: the %s holds integers, which an array of real numbers cannot; use tensors"
                            .formatted(what));
        }
    }

    private static void requireLike(String what, View expected, View given) {
        if (!given.shape().equals(expected.shape())) {
            throw new ShapeException(
                    "plan",
                    "%s must have shape %s, got %s; make another plan for another shape"
                            .formatted(what, expected.shape(), given.shape()),
                    List.of(expected.shape(), given.shape()));
        }
        if (given.type() != expected.type()) {
            throw new IllegalArgumentException(
                    "plan: %s must be of type %s, got %s"
                            .formatted(what, expected.type(), given.type()));
        }
    }

    // ---- what it is ----

    /// Where it runs.
    public Backend backend() {
        return program.backend();
    }

    /// Shapes of the inputs.
    public List<Shape> inputs() {
        return program.inputs().stream().map(View::shape).toList();
    }

    /// Shape of the result.
    public Shape output() {
        return program.output().shape();
    }

    /// Number of kernels of one run.
    public int kernelCalls() {
        return steps.size();
    }

    /// Bytes of one workspace: inputs, and all results in shared places. Scratch memory inside
    /// kernels is not counted.
    public long workspaceBytes() {
        return memory.bytes();
    }

    /// Bytes of the results of all ops of the network, which is what running it op by op writes.
    public long activationBytes() {
        return activationBytes;
    }

    /// Bytes of the constants that kernels read. What kernels made of them in advance is not
    /// counted.
    public long constantBytes() {
        return Constants.used(program).stream().mapToLong(m -> m.size() * m.type().bytes()).sum();
    }

    /// A table with a row per kernel: the ops it does the work of, kernel, method, shape of the
    /// result; and the memory. Nothing is run.
    public String outline() {
        return PlanTable.of(this, steps.stream().map(s -> PlanProfile.row(s, 0)).toList(), false);
    }

    /// The same with measured times, GFLOP/s and shares: [#profile(int)] of some runs as a table,
    /// which takes two seconds and more.
    public String describe() {
        return profile(DESCRIBED_RUNS).table();
    }

    /// Runs the plan on zeros for two seconds, in which the JIT compiles its kernels, then measures
    /// each kernel in `runs` further ones.
    ///
    /// @param runs number of measured runs, at least 1
    /// @throws IllegalArgumentException if `runs` is not positive
    public PlanProfile profile(int runs) {
        return profile(runs, Duration.ofSeconds(2));
    }

    /// The same after another time to warm up, at least one run.
    public PlanProfile profile(int runs, Duration warmUp) {
        if (runs < 1) {
            throw new IllegalArgumentException("profile: runs must be at least 1, got " + runs);
        }
        Workspace w = workspace();
        long begin = System.nanoTime();
        do {
            w.clear(backend());
            w.run();
        } while (System.nanoTime() - begin < warmUp.toNanos());
        long[][] nanos = new long[steps.size()][runs];
        for (int r = 0; r < runs; r++) {
            w.clear(backend()); // the last run may have overwritten its inputs
            for (int s = 0; s < nanos.length; s++) {
                long start = System.nanoTime();
                w.run(s);
                backend().synchronize();
                nanos[s][r] = System.nanoTime() - start;
            }
        }
        return PlanProfile.of(this, steps, nanos);
    }
}
