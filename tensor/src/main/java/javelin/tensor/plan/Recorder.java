package javelin.tensor.plan;

import javelin.kernels.Backend;
import javelin.kernels.Buffer;
import javelin.kernels.DType;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Graph;
import javelin.tensor.Node;
import javelin.tensor.Op;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A backend that writes down which kernels an op runs instead of running them: so a plan needs no
/// second description of any op.
final class Recorder implements Backend {
    private final Backend target;
    private final List<Call> calls = new ArrayList<>();
    private String label = "";

    private Recorder(Backend target) {
        this.target = target;
    }

    /// The program of a graph with one output.
    ///
    /// @param inputs leaves whose values are given at each run; all others are constants
    /// @throws IllegalArgumentException if the graph depends on numbers that were drawn at random
    static Program program(Backend target, Graph graph, List<Node> inputs) {
        var recorder = new Recorder(target);
        var views = new IdentityHashMap<Node, View>();
        for (Node x : inputs) {
            views.put(x, View.of(Memory.room(x.type(), x.shape().size()), x.shape()));
        }
        for (Node node : graph.nodes()) {
            if (!views.containsKey(node)) {
                views.put(node, recorder.result(node, views));
            }
        }
        return new Program(
                target,
                inputs.stream().map(x -> view(x, views)).toList(),
                recorder.calls,
                view(graph.outputs().getFirst(), views));
    }

    private static View view(Node node, Map<Node, View> views) {
        return Objects.requireNonNull(views.get(node), node.name());
    }

    private View result(Node node, Map<Node, View> views) {
        Op op = node.op();
        if (op == null) {
            return constant(node);
        }
        List<View> in = node.inputs().stream().map(x -> view(x, views)).toList();
        View out = op.output(this, in, node.shape(), node.type());
        label = op.name();
        int before = calls.size();
        try {
            op.forward(this, in, out);
        } catch (IllegalStateException _) {
            // the op reads values itself, which are not there yet: it will be run whole
            calls.subList(before, calls.size()).clear();
            calls.add(new Call(label, new Task.OfOp(op), in, out));
        }
        return out;
    }

    private static View constant(Node leaf) {
        if (leaf.isRandom()) {
            throw new IllegalArgumentException(
                    "plan: the network draws random numbers %s while it runs, and a plan would repeat them; switch it to inference, or make them an input"
                            .formatted(leaf.shape()));
        }
        View values = Objects.requireNonNull(leaf.tensor(), leaf.name()).view();
        return View.of(Memory.borrowed(values), values.shape());
    }

    // ---- the backend that ops see ----

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public DType floatType() {
        return target.floatType();
    }

    @Override
    public Buffer allocate(DType type, long size) {
        return Memory.room(type, size);
    }

    @Override
    public boolean supports(Kernel kernel, DType type) {
        return target.supports(kernel, type);
    }

    @Override
    public void run(Kernel kernel, List<View> inputs, View output) {
        calls.add(new Call(label, new Task.OfKernel(kernel), inputs, output));
    }

    @Override
    public void synchronize() {
        // nothing runs
    }

    @Override
    public Buffer upload(float[] values) {
        return uploaded(target.upload(values));
    }

    @Override
    public Buffer upload(double[] values) {
        return uploaded(target.upload(values));
    }

    @Override
    public Buffer upload(int[] values) {
        return uploaded(target.upload(values));
    }

    private static Memory uploaded(Buffer values) {
        return Memory.constant(View.of(values, Shape.of(Math.toIntExact(values.size()))));
    }

    @Override
    public float[] downloadFloats(View view) {
        throw noValues(view);
    }

    @Override
    public double[] downloadDoubles(View view) {
        throw noValues(view);
    }

    @Override
    public int[] downloadInts(View view) {
        throw noValues(view);
    }

    /// As the exception of [View#floats] for memory that is not on the host.
    private static IllegalStateException noValues(View view) {
        return new IllegalStateException("plan: " + view.shape() + " has no values yet");
    }
}
