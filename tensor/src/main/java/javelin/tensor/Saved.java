package javelin.tensor;

import javelin.kernels.DType;
import javelin.kernels.Shape;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// What a node kept of its forward pass. The values are tensors of the graph, not bare memory, so
/// that gradients computed from them can be differentiated again.
public final class Saved {
    private final Node node;
    private final List<@Nullable Tensor> inputs;
    private final @Nullable Tensor output;
    private final Predicate<Node> wanted;

    private Saved(
            Node node,
            List<@Nullable Tensor> inputs,
            @Nullable Tensor output,
            Predicate<Node> wanted) {
        this.node = node;
        this.inputs = inputs;
        this.output = output;
        this.wanted = wanted;
    }

    /// The inputs and the result, as far as the op asks for them.
    static Saved of(Node node, Op op, List<Tensor> inputs, Tensor output) {
        boolean keepInputs = op.keep() == Op.Keep.INPUTS || op.keep() == Op.Keep.ALL;
        boolean keepOutput = op.keep() == Op.Keep.OUTPUT || op.keep() == Op.Keep.ALL;
        IntPredicate needs = i -> inputs.get(i).requiresGrad();
        List<@Nullable Tensor> kept = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            kept.add(keepInputs && op.keepsInput(i, needs) ? inputs.get(i) : null);
        }
        return new Saved(node, kept, keepOutput ? output : null, Node::requiresGrad);
    }

    /// The same values, where only the gradients of some nodes are wanted.
    Saved narrowed(Predicate<Node> toThese) {
        return new Saved(node, inputs, output, toThese);
    }

    /// Number of inputs.
    public int count() {
        return inputs.size();
    }

    /// Input number `i`.
    ///
    /// @throws IllegalStateException if the op does not ask for it to be kept
    public Tensor input(int i) {
        Tensor x = inputs.get(i);
        if (x == null) {
            throw notKept("input " + i);
        }
        return x;
    }

    /// The result.
    ///
    /// @throws IllegalStateException if the op does not ask for it to be kept
    public Tensor output() {
        if (output == null) {
            throw notKept("output");
        }
        return output;
    }

    /// Shape of input `i`; always known.
    public Shape shape(int i) {
        return node.inputs().get(i).shape();
    }

    /// Element type of input `i`; always known.
    public DType type(int i) {
        return node.inputs().get(i).type();
    }

    /// Whether anybody wants a gradient of input `i`; if not, `vjp` may return null for it.
    public boolean needs(int i) {
        return wanted.test(node.inputs().get(i));
    }

    private IllegalStateException notKept(String what) {
        return new IllegalStateException(
                "vjp of %s: %s was not kept; this is a fault in the op's keep()"
                        .formatted(node.name(), what));
    }
}
