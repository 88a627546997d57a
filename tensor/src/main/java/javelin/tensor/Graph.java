package javelin.tensor;

import javelin.kernels.Shape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The ops that led to a result, as a value to look at: nodes, shapes, counters, a table.
///
/// @param nodes all nodes, every node after its inputs
/// @param outputs the nodes of the results
public record Graph(List<Node> nodes, List<Node> outputs) {
    private static final ScopedValue<Boolean> TRACING = ScopedValue.newInstance();

    /// Copies the lists.
    public Graph {
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
    }

    static boolean isTracing() {
        return TRACING.isBound();
    }

    /// Runs `work` and records every op of it, also where no gradient is wanted. On
    /// [javelin.kernels.Backends#dry()] nothing is computed.
    public static Graph trace(Supplier<Tensor> work) {
        return of(ScopedValue.where(TRACING, true).call(work::get));
    }

    /// The recorded graph behind some results.
    public static Graph of(Tensor... results) {
        List<Node> outputs = new ArrayList<>();
        for (Tensor t : results) {
            outputs.add(t.node());
        }
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<>(outputs);
        List<Node> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Node n = open.removeLast();
            if (seen.add(n)) {
                found.add(n);
                open.addAll(n.inputs());
            }
        }
        Collections.reverse(found);
        found.sort(Comparator.comparingInt(Node::depth)); // stable
        return new Graph(found, outputs);
    }

    /// Number of trained numbers: elements of all leaves that require gradients.
    public long parameters() {
        return nodes.stream()
                .filter(n -> n.isLeaf() && n.requiresGrad())
                .mapToLong(n -> n.shape().size())
                .sum();
    }

    /// Multiply–accumulate operations of one forward pass: products and convolutions only.
    public long macs() {
        return nodes.stream().mapToLong(Graph::macs).sum();
    }

    /// Multiply–accumulate operations of one node.
    public static long macs(Node node) {
        Op op = node.op();
        List<Shape> inputs = node.inputs().stream().map(Node::shape).toList();
        return op == null ? 0 : op.macs(inputs, node.shape());
    }

    /// Bytes of the results of all ops of a forward pass.
    public long activationBytes() {
        return nodes.stream()
                .filter(n -> !n.isLeaf())
                .mapToLong(n -> n.shape().size() * n.type().bytes())
                .sum();
    }

    /// Rows and columns of the input that one element of the first result can see through
    /// convolutions, pooling and resizing. Ops on whole images, such as a mean over all pixels, are
    /// not counted.
    ///
    /// @see "Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks,
    ///   2019, Eq. (2)"
    public ReceptiveField receptiveField() {
        return ReceptiveField.of(this);
    }

    /// A row per op and a line of totals: see [#table(Map)].
    public String table() {
        return table(Map.of());
    }

    /// A row per op: name, op, shape of the result, trained numbers that it is the first to read,
    /// multiply–accumulate operations, bytes of the result; and a line of totals.
    ///
    /// @param names names of parameters, for instance `layer1.conv1.weight`; the op that reads it
    ///   is then shown as `layer1.conv1`
    public String table(Map<Node, String> names) {
        return new Summary(this, names).text();
    }
}
