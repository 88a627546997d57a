package javelin.tensor;

import javelin.kernels.DType;
import javelin.kernels.Shape;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One entry of the recorded graph: an op applied to the results of other nodes, or a leaf.
///
/// A node does not hold the values that passed through it, except what its op keeps for the
/// gradient; a leaf holds its tensor.
public final class Node {
    private final @Nullable Op op;
    private final List<Node> inputs;
    private final Shape shape;
    private final DType type;
    private final int depth;
    private @Nullable Saved saved;
    private @Nullable Tensor leaf;
    private boolean requiresGrad;
    private boolean random;

    private Node(@Nullable Op op, List<Node> inputs, Shape shape, DType type) {
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
        this.type = type;
        this.depth = 1 + inputs.stream().mapToInt(Node::depth).max().orElse(-1);
    }

    static Node leaf(Shape shape, DType type) {
        return new Node(null, List.of(), shape, type);
    }

    static Node of(Op op, List<Node> inputs, Shape shape, DType type) {
        return new Node(op, inputs, shape, type);
    }

    void hold(Tensor tensor) {
        leaf = tensor;
    }

    void save(Saved values) {
        saved = values;
    }

    void markRandom() {
        random = true;
    }

    void requireGrad(boolean wanted) {
        requiresGrad = wanted;
    }

    /// The op; null for a leaf.
    public @Nullable Op op() {
        return op;
    }

    /// Name of the op, or `leaf`.
    public String name() {
        return op == null ? "leaf" : op.name();
    }

    /// Nodes whose results the op reads, in its order.
    public List<Node> inputs() {
        return inputs;
    }

    /// Shape of the result.
    public Shape shape() {
        return shape;
    }

    /// Element type of the result.
    public DType type() {
        return type;
    }

    /// Length of the longest path to a leaf: greater than that of every input.
    public int depth() {
        return depth;
    }

    /// True if this node is not the result of a recorded op.
    public boolean isLeaf() {
        return op == null;
    }

    /// The tensor of a leaf; null for the result of an op.
    public @Nullable Tensor tensor() {
        return leaf;
    }

    /// Whether this leaf was drawn at random while the graph was traced: another run of the same
    /// work would draw other numbers.
    public boolean isRandom() {
        return random;
    }

    /// Whether gradients flow through this node.
    public boolean requiresGrad() {
        return requiresGrad;
    }

    @Nullable Saved saved() {
        return saved;
    }

    @Override
    public String toString() {
        return name() + " " + shape;
    }
}
