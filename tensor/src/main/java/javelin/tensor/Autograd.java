package javelin.tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Reverse-mode differentiation of the recorded graph.
///
/// Nodes are visited from the deepest to the leaves with a queue, so graphs of any depth work. Only
/// gradients on a way to a wanted tensor are computed.
public final class Autograd {
    private Autograd() {}

    /// Gradients of the scalar `y` with respect to every leaf that requires them.
    ///
    /// @throws ShapeException if `y` has more than one element
    /// @throws IllegalStateException if nothing was recorded for `y`
    public static Gradients backward(Tensor y) {
        return GradMode.off(() -> new Gradients(walk(y, seed(y), Node::requiresGrad, Set.of())));
    }

    /// Gradients of the scalar `y` with respect to `xs`, not to be differentiated again.
    public static List<Tensor> grad(Tensor y, List<Tensor> xs) {
        return GradMode.off(() -> collect(y, seed(y), xs));
    }

    /// Gradient of the scalar `y` with respect to `x`, recorded, so that it can be differentiated
    /// again (gradient penalties, second derivatives).
    public static Tensor grad(Tensor y, Tensor x) {
        return differentiableGrad(y, List.of(x)).getFirst();
    }

    /// As [#grad(Tensor, Tensor)] for several tensors.
    public static List<Tensor> differentiableGrad(Tensor y, List<Tensor> xs) {
        Supplier<List<Tensor>> work = () -> collect(y, seed(y), xs);
        return GradMode.on(work);
    }

    /// Vector–Jacobian products: cotangents of `xs` given the cotangent `dy` of `y`.
    ///
    /// @param differentiable whether the results are recorded
    public static List<Tensor> vjp(Tensor y, Tensor dy, List<Tensor> xs, boolean differentiable) {
        if (!y.shape().equals(dy.shape())) {
            throw new ShapeException(
                    "vjp",
                    "the cotangent %s must have the shape of the result %s"
                            .formatted(dy.shape(), y.shape()),
                    List.of(y.shape(), dy.shape()));
        }
        Supplier<List<Tensor>> work = () -> collect(y, dy, xs);
        return differentiable ? GradMode.on(work) : GradMode.off(work);
    }

    private static Tensor seed(Tensor y) {
        if (y.shape().size() != 1) {
            throw new ShapeException(
                    "grad",
                    "the result must have one element, not shape %s; reduce it first, for instance"
                                    .formatted(y.shape())
                            + " with sum() or mean()",
                    List.of(y.shape()));
        }
        return Tensor.onesLike(y);
    }

    private static List<Tensor> collect(Tensor y, Tensor dy, List<Tensor> xs) {
        Set<Node> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Tensor x : xs) {
            if (!x.requiresGrad()) {
                throw new IllegalStateException(
                        "grad: nothing is recorded for the tensor of shape %s; call requireGrad() on it before it is used, and do not detach it"
                                .formatted(x.shape()));
            }
            targets.add(x.node());
        }
        Map<Node, Tensor> found = walk(y, dy, ways(y.node(), targets)::contains, targets);
        return xs.stream()
                .map(x -> {
                    Tensor g = found.get(x.node());
                    return g == null ? Tensor.zerosLike(x) : g;
                })
                .toList();
    }

    /// The nodes between `y` and the targets, both included, through which gradients flow.
    private static Set<Node> ways(Node y, Set<Node> targets) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Node> found = new ArrayList<>();
        var open = new ArrayDeque<Node>();
        open.add(y);
        while (!open.isEmpty()) {
            Node n = open.removeLast();
            if (n.requiresGrad() && seen.add(n)) {
                found.add(n);
                open.addAll(n.inputs());
            }
        }
        found.sort(Comparator.comparingInt(Node::depth)); // inputs first
        Set<Node> ways = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node n : found) {
            if (targets.contains(n) || n.inputs().stream().anyMatch(ways::contains)) {
                ways.add(n);
            }
        }
        return ways;
    }

    /// Gradients of all leaves reached on wanted ways, and of the nodes to be kept.
    private static Map<Node, Tensor> walk(
            Tensor y, Tensor dy, Predicate<Node> wanted, Set<Node> keep) {
        if (!y.requiresGrad()) {
            throw new IllegalStateException(
                    "grad: nothing was recorded for this result of shape %s; is an input marked with"
                                    .formatted(y.shape())
                            + " requireGrad(), and GradMode on?");
        }
        var gradients = new IdentityHashMap<Node, Tensor>();
        var open = new PriorityQueue<Node>(Comparator.comparingInt(n -> -n.depth()));
        gradients.put(y.node(), dy);
        open.add(y.node());
        while (!open.isEmpty()) {
            Node node = open.poll();
            if (node.inputs().stream().noneMatch(wanted)) {
                continue; // a leaf, or a target with nothing wanted behind it
            }
            Tensor g = keep.contains(node) ? gradients.get(node) : gradients.remove(node);
            List<@Nullable Tensor> dx = products(node, g, wanted);
            for (int i = 0; i < dx.size(); i++) {
                Tensor d = dx.get(i);
                Node input = node.inputs().get(i);
                if (d == null || !wanted.test(input)) {
                    continue;
                }
                check(node, i, d);
                if (gradients.merge(input, d, Tensor::add) == d) {
                    open.add(input);
                }
            }
        }
        return gradients;
    }

    private static List<@Nullable Tensor> products(
            Node node, @Nullable Tensor dy, Predicate<Node> wanted) {
        Op op = node.op();
        Saved saved = node.saved();
        if (op == null || saved == null || dy == null) {
            throw new IllegalStateException("grad: no values were kept for " + node);
        }
        List<@Nullable Tensor> dx = op.vjp(saved.narrowed(wanted), dy);
        if (dx.size() != node.inputs().size()) {
            throw new IllegalStateException(
                    "vjp of %s: %d gradients for %d arguments; this is a fault in the op"
                            .formatted(node.name(), dx.size(), node.inputs().size()));
        }
        return dx;
    }

    private static void check(Node node, int argument, Tensor d) {
        Node input = node.inputs().get(argument);
        if (!d.shape().equals(input.shape())) {
            throw new ShapeException(
                    "vjp of " + node.name(),
                    "gradient for argument %d has shape %s, expected %s; this is a fault in the op"
                            .formatted(argument, d.shape(), input.shape()),
                    List.of(d.shape(), input.shape()));
        }
    }
}
