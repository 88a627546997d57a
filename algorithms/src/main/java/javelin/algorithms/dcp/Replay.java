package javelin.algorithms.dcp;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.tensor.GradMode;
import javelin.tensor.Graph;
import javelin.tensor.Node;
import javelin.tensor.Op;
import javelin.tensor.OpWatch;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The recorded inference pass of a network, run again on other inputs, in whole or from a place in
/// the middle on. Parameters are read where they are, so their present values count.
///
/// While the channels of one layer are selected, all before it is constant: it is run once per
/// batch, what the rest reads of it is kept, and only the rest is run again and again.
final class Replay {
    private final Graph graph;
    private final Node input;
    private final List<Node> executed;

    private Replay(Graph graph, Node input, List<Node> executed) {
        this.graph = graph;
        this.input = input;
        this.executed = executed;
    }

    /// The inference pass of a network on a batch of that shape. It only runs on such batches.
    static Replay of(Module network, Shape batch) {
        var backend = network.parameters().values().iterator().next().backend();
        return network.inference(() ->
                Backends.with(
                        backend,
                        () -> {
                            Tensor x = Tensor.zeros(batch.dims());
                            List<Node> executed = new ArrayList<>();
                            OpWatch order = (_, _, y, _) -> executed.add(y.node());
                            Graph graph =
                                    GradMode.off(() ->
                                            Graph.trace(() ->
                                                    OpWatch.during(
                                                            order, () -> network.forward(x))));
                            return new Replay(graph, x.node(), executed);
                        }));
    }

    /// Ops and leaves, each after what it reads.
    List<Node> nodes() {
        return graph.nodes();
    }

    /// Results of ops in the order in which they were computed.
    List<Node> executed() {
        return executed;
    }

    /// Where the input comes in.
    Node input() {
        return input;
    }

    /// The result of the network.
    Node output() {
        return graph.outputs().getFirst();
    }

    /// Shape of the batches.
    Shape batch() {
        return input.shape();
    }

    /// Nodes whose values depend on that of `from`, itself included.
    Set<Node> after(Node from) {
        Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
        found.add(from);
        for (Node n : graph.nodes()) {
            if (n.inputs().stream().anyMatch(found::contains)) {
                found.add(n);
            }
        }
        return found;
    }

    /// Nodes that the value of `target` depends on, itself included.
    Set<Node> before(Node target) {
        Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
        found.add(target);
        for (Node n : graph.nodes().reversed()) {
            if (found.contains(n)) {
                found.addAll(n.inputs());
            }
        }
        return found;
    }

    /// Nodes on the ways from one node to another, both included.
    Set<Node> between(Node from, Node target) {
        Set<Node> found = after(from);
        found.retainAll(before(target));
        return found;
    }

    /// Results of ops, and the input, that the way from one node to another reads from beside it.
    List<Node> beside(Node from, Node target) {
        Set<Node> way = between(from, target);
        List<Node> found = new ArrayList<>();
        for (Node n : graph.nodes()) {
            if (!way.contains(n) && (n == input || !n.isLeaf())) {
                boolean read = way.stream().anyMatch(w -> w != from && w.inputs().contains(n));
                if (read) {
                    found.add(n);
                }
            }
        }
        return found;
    }

    /// Values of some nodes for a batch; nothing is recorded for gradients.
    Map<Node, Tensor> run(Tensor x, Collection<Node> wanted) {
        Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.forEach(n -> needed.addAll(before(n)));
        return GradMode.off(() -> {
            var values = new IdentityHashMap<Node, Tensor>();
            values.put(input, x);
            evaluate(needed, values);
            values.keySet().retainAll(identity(wanted));
            return values;
        });
    }

    private static Set<Node> identity(Collection<Node> nodes) {
        Set<Node> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(nodes);
        return set;
    }

    /// Value of `target` if that of `from` is given, recorded if gradients are wanted.
    ///
    /// @param beside values of [#beside]
    Tensor resume(Node from, Tensor value, Map<Node, Tensor> beside, Node target) {
        var values = new IdentityHashMap<Node, Tensor>();
        beside.forEach(values::put);
        values.put(from, value);
        evaluate(between(from, target), values);
        return known(target, values);
    }

    private void evaluate(Set<Node> needed, Map<Node, Tensor> values) {
        for (Node n : graph.nodes()) {
            Op op = n.op();
            if (op != null && needed.contains(n) && !values.containsKey(n)) {
                List<Tensor> inputs = n.inputs().stream().map(i -> known(i, values)).toList();
                values.put(n, Tensor.apply(op, inputs));
            }
        }
    }

    private static Tensor known(Node n, Map<Node, Tensor> values) {
        @Nullable Tensor value = values.get(n);
        Tensor found = value == null ? n.tensor() : value;
        if (found == null) {
            throw new IllegalStateException("replay: no value of " + n + " was kept");
        }
        return found;
    }
}
