package javelin.nn.prune;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.nn.prune.ChannelGroup.Slice;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Gather;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The channels of a network that stay. Immutable.
public final class ChannelCut {
    private final PruningGraph graph;
    private final Map<ChannelGroup, BitSet> kept;

    private ChannelCut(PruningGraph graph, Map<ChannelGroup, BitSet> kept) {
        this.graph = graph;
        this.kept = kept;
    }

    /// All channels stay.
    public static ChannelCut none(PruningGraph graph) {
        return new ChannelCut(graph, Map.of());
    }

    /// This, with only some channels of a group.
    ///
    /// @param channels numbers of those that stay, in any order
    /// @throws IllegalArgumentException if the group must stay, a channel is not one of it, or none
    ///   is left
    public ChannelCut keep(ChannelGroup group, int... channels) {
        if (group.obstacle() != null) {
            throw new IllegalArgumentException(
                    "prune: channels of %s must stay, they %s"
                            .formatted(group.name(), group.obstacle()));
        }
        var stay = new BitSet();
        for (int c : channels) {
            if (c < 0 || c >= group.channels()) {
                throw new IllegalArgumentException(
                        "prune: %s has channels 0 … %d, not %d"
                                .formatted(group.name(), group.channels() - 1, c));
            }
            stay.set(c);
        }
        if (stay.isEmpty()) {
            throw new IllegalArgumentException(
                    "prune: no channel of %s is left; keep at least one".formatted(group.name()));
        }
        var all = new LinkedHashMap<>(kept);
        all.put(group, stay);
        return new ChannelCut(graph, all);
    }

    /// The network it is about.
    public PruningGraph graph() {
        return graph;
    }

    /// Numbers of the channels of a group that stay, ascending.
    public int[] kept(ChannelGroup group) {
        return stay(group).stream().toArray();
    }

    private BitSet stay(ChannelGroup group) {
        BitSet found = kept.get(group);
        if (found != null) {
            return found;
        }
        var all = new BitSet();
        all.set(0, group.channels());
        return all;
    }

    // ---- on tensors ----

    /// Positions that stay along each axis that loses some, by tensor and axis.
    private Map<String, Map<Integer, BitSet>> positions() {
        var all = new LinkedHashMap<String, Map<Integer, BitSet>>();
        kept.forEach((group, stay) -> {
            for (Slice s : group.slices()) {
                BitSet positions =
                        all.computeIfAbsent(s.tensor(), _ -> new LinkedHashMap<>())
                                .computeIfAbsent(s.axis(), axis -> whole(s.tensor(), axis));
                for (int k = stay.nextClearBit(0);
                        k < group.channels();
                        k = stay.nextClearBit(k + 1)) {
                    for (int p : s.positions()[k]) {
                        positions.clear(p);
                    }
                }
            }
        });
        return all;
    }

    private BitSet whole(String tensor, int axis) {
        var all = new BitSet();
        all.set(0, shape(tensor).dim(axis));
        return all;
    }

    private Shape shape(String tensor) {
        return java.util.Objects.requireNonNull(graph.shapes().get(tensor), tensor);
    }

    /// Shapes of the state of the smaller network.
    public Map<String, Shape> shapes() {
        Map<String, Map<Integer, BitSet>> positions = positions();
        var result = new LinkedHashMap<String, Shape>();
        graph.shapes()
                .forEach((name, shape) -> {
                    Shape s = shape;
                    for (var e : positions.getOrDefault(name, Map.of()).entrySet()) {
                        s = s.with(e.getKey(), e.getValue().cardinality());
                    }
                    result.put(name, s);
                });
        return result;
    }

    /// The parts of tensors that stay: of the state of the wide network, or of anything that is
    /// kept per tensor of it under the name `TENSOR/SLOT`, as an optimiser does.
    ///
    /// @throws IllegalArgumentException if a tensor is not one of the network, or of another shape
    public Map<String, Tensor> cut(Map<String, Tensor> tensors) {
        Map<String, Map<Integer, BitSet>> positions = positions();
        var result = new LinkedHashMap<String, Tensor>();
        tensors.forEach((name, t) -> {
            int slash = name.indexOf('/');
            String owner = slash < 0 ? name : name.substring(0, slash);
            Shape expected = graph.shapes().get(owner);
            if (expected == null || !t.shape().equals(expected)) {
                throw new IllegalArgumentException(
                        "prune: tensor '%s' is %s, expected %s"
                                .formatted(name, t.shape(), expected == null ? "none" : expected));
            }
            Tensor small = t;
            for (var e : positions.getOrDefault(owner, Map.of()).entrySet()) {
                small = gathered(small, e.getKey(), e.getValue());
            }
            result.put(name, small);
        });
        return result;
    }

    private static Tensor gathered(Tensor x, int axis, BitSet stay) {
        int[] at = stay.stream().toArray();
        return GradMode.off(
                () -> Gather.gather(x.detach(), axis, Tensor.of(at, at.length).to(x.backend())));
    }

    /// Sets to zero what reads the channels that go, in place. The wide network then computes what
    /// the smaller one will.
    public void mask(Module wide) {
        Map<String, Tensor> state = wide.state();
        kept.forEach((group, stay) -> {
            for (Slice s : group.slices()) {
                if (s.role() == Role.READS) {
                    zero(
                            java.util.Objects.requireNonNull(state.get(s.tensor()), s.tensor()),
                            s,
                            stay);
                }
            }
        });
    }

    private static void zero(Tensor t, Slice s, BitSet stay) {
        double[] values = t.doubles();
        Shape shape = t.shape();
        int inner = shape.strides()[s.axis()];
        int size = shape.dim(s.axis());
        var gone = new BitSet();
        for (int k = stay.nextClearBit(0); k < s.positions().length; k = stay.nextClearBit(k + 1)) {
            for (int p : s.positions()[k]) {
                gone.set(p);
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (gone.get(i / inner % size)) {
                values[i] = 0;
            }
        }
        t.assign(Tensor.of(values, shape.dims()));
    }

    /// The smaller network: made by `factory` for the shapes of its state, filled with what stays
    /// of the wide one's, in the same mode (training or inference).
    ///
    /// @param factory makes a network of the same layers from the shapes of their tensors
    /// @throws IllegalArgumentException if the factory's network has other tensors
    public Module rebuild(Module wide, Function<Map<String, Shape>, Module> factory) {
        Map<String, Shape> wanted = shapes();
        Module small = factory.apply(wanted);
        List<String> misfits = new ArrayList<>();
        Map<String, Tensor> own = small.state();
        wanted.forEach((name, shape) -> {
            Tensor t = own.get(name);
            if (t == null || !t.shape().equals(shape)) {
                misfits.add(
                        "%s is %s, expected %s"
                                .formatted(name, t == null ? "missing" : t.shape(), shape));
            }
        });
        if (!misfits.isEmpty()) {
            throw new IllegalArgumentException(
                    "prune: the smaller network does not have the widths of the cut: "
                            + String.join(", ", misfits));
        }
        small.load(cut(wide.state()));
        small.training(wide.isTraining());
        return small;
    }
}
