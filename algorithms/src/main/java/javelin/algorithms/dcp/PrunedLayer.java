package javelin.algorithms.dcp;

import javelin.kernels.Shape;
import javelin.nn.prune.ChannelGroup;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.nn.prune.PruningGraph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// A convolution whose input channels are selected, and the group of channels that goes with them.
///
/// @param weight name of the weight of the convolution, `[kh, kw, c, n]`
/// @param group its input channels
public record PrunedLayer(String weight, ChannelGroup group) {
    /// Name of the convolution.
    public String name() {
        int dot = weight.lastIndexOf('.');
        return dot < 0 ? weight : weight.substring(0, dot);
    }

    /// Number of input channels, `c`.
    public int channels() {
        return group.channels();
    }

    /// Position along the weight's input axis of channel `k` of the group.
    int position(int k) {
        return group.slices().stream()
                .filter(s -> s.tensor().equals(weight) && s.role() == Role.READS)
                .findFirst()
                .orElseThrow()
                .positions()[k][0];
    }

    /// The layers that are pruned: every convolution that alone reads channels which one layer
    /// makes and which can be cut. So the residual stream stays, as in the paper, and so do
    /// channels that a linear layer reads.
    ///
    /// @throws IllegalArgumentException if there is none; the message says why for each layer
    public static List<PrunedLayer> of(PruningGraph graph) {
        return of(graph, _ -> true);
    }

    /// As [#of(PruningGraph)], of the groups that are wanted. In networks of inverted residuals the
    /// paper selects the inputs of projections only, `g -> g.name().contains("expand")`.
    public static List<PrunedLayer> of(PruningGraph graph, Predicate<ChannelGroup> wanted) {
        List<PrunedLayer> layers = new ArrayList<>();
        List<String> order = new ArrayList<>(graph.shapes().keySet());
        for (ChannelGroup g : graph.free()) {
            if (g.isJoined() || !wanted.test(g) || g.readers().size() != 1) {
                continue;
            }
            String weight = g.readers().getFirst();
            Shape shape = java.util.Objects.requireNonNull(graph.shapes().get(weight));
            boolean whole = g.equals(graph.of(weight, Role.READS));
            if (shape.rank() == 4 && whole && shape.dim(2) == g.channels()) {
                layers.add(new PrunedLayer(weight, g));
            }
        }
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "prune: no convolution alone reads channels that one layer makes; the channels of this network: "
                            + String.join(
                                    "; ",
                                    graph.groups().stream()
                                            .filter(g -> !g.makers().isEmpty())
                                            .map(PrunedLayer::reason)
                                            .toList()));
        }
        layers.sort(Comparator.comparingInt(l -> order.indexOf(l.weight)));
        return layers;
    }

    private static String reason(ChannelGroup g) {
        if (g.obstacle() != null) {
            return "those of %s %s".formatted(g.name(), g.obstacle());
        }
        return g.isJoined()
                ? "those of %s are joined with those of %s by a sum or a shared layer"
                        .formatted(g.name(), g.makers().getLast())
                : "those of %s are read by %s".formatted(g.name(), String.join(", ", g.readers()));
    }
}
