package javelin.nn.prune;

import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.tensor.Graph;
import javelin.tensor.Node;
import javelin.tensor.Op;
import javelin.tensor.ops.AveragePool2d;
import javelin.tensor.ops.BatchNorm;
import javelin.tensor.ops.BroadcastTo;
import javelin.tensor.ops.Concat;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.ConvTranspose2d;
import javelin.tensor.ops.Elementwise;
import javelin.tensor.ops.Flip;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.Matmul;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Normalize;
import javelin.tensor.ops.Pad;
import javelin.tensor.ops.Permute;
import javelin.tensor.ops.Reduction;
import javelin.tensor.ops.Reshape;
import javelin.tensor.ops.Resize2d;
import javelin.tensor.ops.Slice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/// Follows the channels of a network through its ops, one rule per kind of op.
///
/// | op | channels |
/// |---|---|
/// | convolution, linear, product with a weight | read by the weight's input side; new ones are made by its output side |
/// | depthwise convolution | go through, with one filter each |
/// | grouped convolution | those at the same place in each group belong together |
/// | batch norm | go through, with a scale, a shift, a mean and a variance each |
/// | elementwise, residual sums | channels at the same position belong together |
/// | pooling, resizing | go through |
/// | concatenation | lie one behind the other |
/// | reshape, permute, flip (flatten, pixel shuffle, channel shuffle) | keep their labels at their new positions |
/// | sums over channels, softmax, padding or slicing of channels, any other op | must stay |
final class ChannelWalk {
    private final Labels labels;
    private final StateAxes state;
    private final IdentityHashMap<Node, Lattice> lattices = new IdentityHashMap<>();

    ChannelWalk(Labels labels, StateAxes state) {
        this.labels = labels;
        this.state = state;
    }

    /// Walks from the input to the outputs.
    void run(Graph graph, Node input) {
        for (Node node : graph.nodes()) {
            Op op = node.op();
            Lattice result = op == null ? leaf(node, input) : of(node, op);
            if (result != null) {
                lattices.put(node, result);
            }
        }
        for (Node output : graph.outputs()) {
            fix(output, "are the results of the network");
        }
    }

    // ---- leaves ----

    private @Nullable Lattice leaf(Node node, Node input) {
        if (state.name(node) != null || last(node.shape()) < 2) {
            return null; // what a weight's labels are depends on who reads it
        }
        String reason = node == input ? "are those of the input" : "meet a constant";
        return fixed(node.shape(), reason);
    }

    /// Labels along the innermost axis that must stay.
    private Lattice fixed(Shape shape, String reason) {
        int[] channels = labels.fresh(last(shape));
        labels.fix(channels, reason);
        return Lattice.along(shape.rank() - 1, channels);
    }

    private static int last(Shape shape) {
        return shape.rank() == 0 ? 1 : shape.dim(-1);
    }

    // ---- ops ----

    private @Nullable Lattice of(Node node, Op op) {
        List<Node> in = node.inputs();
        return switch (op) {
            case Conv2d conv -> convolution(node, conv.geometry(), 2, 3);
            case ConvTranspose2d conv when conv.geometry().groups() == 1 ->
                    convolution(node, conv.geometry(), 3, 2);
            case Linear _ -> product(node, 0, 1);
            case Matmul m when !m.transposeA() && state.name(in.get(1)) != null ->
                    m.transposeB() ? product(node, 1, 0) : product(node, 0, 1);
            case Normalize _, BatchNorm _ -> normalisation(node);
            case Elementwise _ -> elementwise(node);
            case AveragePool2d _, MaxPool2d _, Resize2d _ -> only(in.getFirst(), 3);
            case Reduction r -> reduction(node, r.axes(), r.keepAxes());
            case Permute p -> permute(in.getFirst(), p.order());
            case Reshape _ -> reshape(node);
            case BroadcastTo _ -> broadcast(node);
            case Concat c -> concat(node, c.axis());
            case Slice s -> part(node, s);
            case Pad _ -> frame(node);
            case Flip f -> flip(node, f.axes());
            default -> other(node);
        };
    }

    private Lattice convolution(Node node, Geometry geometry, int reads, int makes) {
        Node x = node.inputs().get(0);
        String weight = state.name(node.inputs().get(1));
        if (weight == null) {
            return other(node);
        }
        int[] in = channels(x, 3);
        int groups = geometry.groups();
        Shape w = node.inputs().get(1).shape();
        int[] out;
        if (groups == in.length && w.dim(2) == 1 && w.dim(3) == groups) {
            out = state.along(weight, 3, Role.FOLLOWS);
            labels.unite(out, in);
        } else {
            int[] side = state.along(weight, reads, Role.READS);
            out = state.along(weight, makes, Role.MAKES);
            if (groups == 1) {
                labels.unite(side, in);
            } else {
                repeated(side, in);
                repeated(Arrays.copyOf(out, out.length / groups), out);
            }
        }
        bias(node, 2, out);
        return Lattice.along(3, out);
    }

    /// Unites each of `all` with the one at its place in the group.
    private void repeated(int[] group, int... all) {
        for (int i = 0; i < all.length; i++) {
            labels.unite(group[i % group.length], all[i]);
        }
    }

    private Lattice product(Node node, int reads, int makes) {
        Node x = node.inputs().get(0);
        String weight = state.name(node.inputs().get(1));
        if (weight == null || node.inputs().get(1).shape().rank() != 2) {
            return other(node);
        }
        int last = x.shape().rank() - 1;
        labels.unite(state.along(weight, reads, Role.READS), channels(x, last));
        int[] out = state.along(weight, makes, Role.MAKES);
        bias(node, 2, out);
        return Lattice.along(node.shape().rank() - 1, out);
    }

    private void bias(Node node, int at, int... channels) {
        if (node.inputs().size() > at) {
            follow(node.inputs().get(at), channels);
        }
    }

    /// A vector with one number per channel.
    private void follow(Node vector, int... channels) {
        String name = state.name(vector);
        if (name != null) {
            labels.unite(state.along(name, 0, Role.FOLLOWS), channels);
        } else if (vector.shape().size() > 1) {
            labels.fix(channels, "meet a constant");
        }
    }

    private Lattice normalisation(Node node) {
        List<Node> in = node.inputs();
        int last = node.shape().rank() - 1;
        int[] channels = channels(in.getFirst(), last);
        if (!state.unitedRows(in.get(1), channels)) {
            labels.fix(channels, "are normalised by moments that are no state of the network");
        }
        follow(in.get(2), channels);
        follow(in.get(3), channels);
        return Lattice.along(last, channels);
    }

    private @Nullable Lattice elementwise(Node node) {
        Lattice result = null;
        for (Node x : node.inputs()) {
            Lattice next = stretched(x, node.shape());
            result = next == null || result == null ? or(result, next) : joined(result, next, node);
        }
        return result;
    }

    private static @Nullable Lattice or(@Nullable Lattice a, @Nullable Lattice b) {
        return a == null ? b : a;
    }

    private Lattice joined(Lattice a, Lattice b, Node node) {
        int[] axes = Lattice.union(a.axes(), b.axes());
        Lattice wide = a.over(axes, node.shape());
        labels.unite(wide.labels(), b.over(axes, node.shape()).labels());
        return wide;
    }

    /// Labels of an operand, at the axes of the result that it broadcasts to. A weight or bias that
    /// is read element by element has one per channel if it is a vector.
    private @Nullable Lattice stretched(Node x, Shape result) {
        int shift = result.rank() - x.shape().rank();
        String name = state.name(x);
        if (name != null) {
            int last = x.shape().rank() - 1;
            if (last < 0 || x.shape().dim(last) == 1) {
                return null;
            }
            boolean vector = x.shape().size() == x.shape().dim(last);
            int[] channels = state.along(name, last, Role.FOLLOWS);
            if (!vector) {
                labels.fix(channels, "belong to a weight that an op changes before it is used");
            }
            return Lattice.along(last + shift, channels);
        }
        Lattice own = lattices.get(x);
        if (own == null) {
            return null;
        }
        int[] to = Arrays.stream(own.axes()).map(a -> a + shift).toArray();
        Lattice moved = own.renamed(to);
        for (int i = 0; i < to.length; i++) {
            if (own.sizes()[i] == 1 && result.dim(to[i]) > 1) {
                return other(x, "are one channel that is stretched to several");
            }
        }
        return moved;
    }

    private @Nullable Lattice reduction(Node node, List<Integer> axes, boolean keep) {
        Node x = node.inputs().getFirst();
        Lattice own = lattice(x);
        if (own == null) {
            return null;
        }
        for (int axis : own.axes()) {
            if (axes.contains(axis)) {
                labels.fix(own.labels(), "are mixed by " + node.name());
                return null;
            }
        }
        int[] to =
                Arrays.stream(own.axes())
                        .map(a -> keep ? a : a - (int) axes.stream().filter(r -> r < a).count())
                        .toArray();
        return own.renamed(to);
    }

    private @Nullable Lattice permute(Node x, List<Integer> order) {
        Lattice own = lattice(x);
        return own == null
                ? null
                : own.renamed(Arrays.stream(own.axes()).map(order::indexOf).toArray());
    }

    /// Runs of axes of equal product are compared one by one: within a run labels keep their flat
    /// positions, so they vary along all of its new axes if along any of the old ones.
    private @Nullable Lattice reshape(Node node) {
        Lattice own = lattice(node.inputs().getFirst());
        if (own == null) {
            return null;
        }
        Shape from = node.inputs().getFirst().shape();
        Shape to = node.shape();
        List<Integer> before = new ArrayList<>(); // axes that labels are spread over
        List<Integer> after = new ArrayList<>(); // axes that take their place
        int i = 0;
        int j = 0;
        while (i < from.rank() || j < to.rank()) {
            int i0 = i;
            int j0 = j;
            long a = i < from.rank() ? from.dim(i++) : 1;
            long b = j < to.rank() ? to.dim(j++) : 1;
            while (a != b) {
                if (a < b) {
                    a *= from.dim(i++);
                } else {
                    b *= to.dim(j++);
                }
            }
            if (IntStream.range(i0, i).anyMatch(own::varies)) {
                IntStream.range(i0, i).filter(k -> from.dim(k) > 1).forEach(before::add);
                IntStream.range(j0, j).filter(k -> to.dim(k) > 1).forEach(after::add);
            }
        }
        int[] spread =
                Lattice.union(own.axes(), before.stream().mapToInt(Integer::intValue).toArray());
        int[] taken = after.stream().mapToInt(Integer::intValue).toArray();
        int[] sizes = Arrays.stream(taken).map(to::dim).toArray();
        return new Lattice(taken, sizes, own.over(spread, from).labels());
    }

    private @Nullable Lattice broadcast(Node node) {
        return stretched(node.inputs().getFirst(), node.shape());
    }

    private @Nullable Lattice concat(Node node, int axis) {
        int[] axes = {};
        for (Node x : node.inputs()) {
            Lattice own = lattice(x);
            axes = own == null ? axes : Lattice.union(axes, own.axes());
        }
        if (Arrays.binarySearch(axes, axis) < 0) {
            return elementwise(node); // joined along pixels: the same channels in every part
        }
        if (axes.length > 1) {
            return other(node);
        }
        int[] channels = {};
        for (Node x : node.inputs()) {
            int[] part = channels(x, axis);
            int at = channels.length;
            channels = Arrays.copyOf(channels, at + part.length);
            System.arraycopy(part, 0, channels, at, part.length);
        }
        return Lattice.along(axis, channels);
    }

    private @Nullable Lattice part(Node node, Slice s) {
        Node x = node.inputs().getFirst();
        Lattice own = lattice(x);
        if (own == null) {
            return null;
        }
        for (int axis : own.axes()) {
            if (node.shape().dim(axis) != x.shape().dim(axis)) {
                labels.fix(own.labels(), "are taken by their numbers, by slice");
                int[] channels = channels(x, axis);
                int from = s.start().get(axis);
                int step = s.step().get(axis);
                return Lattice.along(
                        axis,
                        IntStream.range(0, node.shape().dim(axis))
                                .map(i -> channels[from + i * step])
                                .toArray());
            }
        }
        return own;
    }

    private @Nullable Lattice frame(Node node) {
        Node x = node.inputs().getFirst();
        Lattice own = lattice(x);
        if (own == null) {
            return null;
        }
        for (int axis : own.axes()) {
            if (node.shape().dim(axis) != x.shape().dim(axis)) {
                return other(node, "are padded with further channels, by pad");
            }
        }
        return own;
    }

    private @Nullable Lattice flip(Node node, List<Integer> axes) {
        Lattice own = lattice(node.inputs().getFirst());
        return own == null || Arrays.stream(own.axes()).noneMatch(axes::contains)
                ? own
                : other(node);
    }

    private Lattice other(Node node) {
        return other(node, "are mixed by " + node.name());
    }

    /// All channels of the operands must stay, and those of the result, which are new.
    private Lattice other(Node node, String reason) {
        node.inputs().forEach(x -> fix(x, reason));
        fix(node, reason);
        return fixed(node.shape(), reason);
    }

    private void fix(Node x, String reason) {
        String name = state.name(x);
        if (name != null) {
            for (int axis = 0; axis < x.shape().rank(); axis++) {
                labels.fix(state.along(name, axis, Role.FOLLOWS), reason);
            }
        }
        Lattice own = lattices.get(x);
        if (own != null) {
            labels.fix(own.labels(), reason);
        }
    }

    // ---- labels of operands ----

    /// Labels of an operand; a vector of the state that takes part in a change of shape has none of
    /// its own and must stay.
    private @Nullable Lattice lattice(Node x) {
        if (state.name(x) != null) {
            return other(x, "belong to a weight that an op changes before it is used");
        }
        return lattices.get(x);
    }

    private Lattice only(Node x, int axis) {
        return Lattice.along(axis, channels(x, axis));
    }

    /// Labels along one axis; what varies along others as well is united there.
    private int[] channels(Node x, int axis) {
        Lattice own = lattice(x);
        if (own == null || !own.varies(axis)) {
            if (own != null) {
                labels.fix(own.labels(), "lie along an axis that is read as pixels");
            }
            int[] channels = labels.fresh(x.shape().dim(axis));
            labels.fix(channels, "come from no layer");
            return channels;
        }
        if (own.axes().length == 1) {
            return own.labels();
        }
        int at = Arrays.binarySearch(own.axes(), axis);
        int inner = Shape.of(own.sizes()).strides()[at];
        int[] channels = new int[own.sizes()[at]];
        Arrays.setAll(channels, c -> own.labels()[c * inner]); // at the origin of the other axes
        for (int i = 0; i < own.labels().length; i++) {
            labels.unite(channels[i / inner % channels.length], own.labels()[i]);
        }
        return channels;
    }
}
