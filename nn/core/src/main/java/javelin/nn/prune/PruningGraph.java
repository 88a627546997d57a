package javelin.nn.prune;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.nn.prune.ChannelGroup.Slice;
import javelin.tensor.GradMode;
import javelin.tensor.Graph;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which channels of a network can be cut, and what must be cut with each: found by following the
/// channels through the recorded ops, so for any network, not only for those of the zoo.
///
/// Channels that are made and read by the same tensors form a [ChannelGroup]. A group that cannot
/// be cut names its obstacle:
///
/// ```
/// layer1.0.conv1   16  makes layer1.0.conv1.weight, follow layer1.0.bn1.…, reads layer1.0.conv2.weight
/// conv1            16  stays: are padded with further channels, by pad
/// ```
///
/// @see "Fang, Ma, Song, Mi and Wang, DepGraph: towards any structural pruning, 2023, section 3"
public final class PruningGraph {
    private final Map<String, Shape> shapes;
    private final List<ChannelGroup> groups;

    private PruningGraph(Map<String, Shape> shapes, List<ChannelGroup> groups) {
        this.shapes = shapes;
        this.groups = List.copyOf(groups);
    }

    /// The channels of `network` on inputs of that shape, batch size included. Made under
    /// [Backends#dry()], a network of any size is looked at at no cost.
    public static PruningGraph of(Module network, Shape input) {
        Map<String, Tensor> state = network.state();
        if (network.parameters().isEmpty()) {
            throw new IllegalArgumentException("prune: the network has no weights");
        }
        var backend = network.parameters().values().iterator().next().backend();
        var labels = new Labels();
        var axes = new StateAxes(state, labels);
        var walk = new ChannelWalk(labels, axes);
        network.inference(() ->
                Backends.with(
                        backend,
                        () -> {
                            Tensor x = Tensor.zeros(input.dims());
                            Graph graph = GradMode.off(() -> Graph.trace(() -> network.forward(x)));
                            walk.run(graph, x.node());
                            return graph;
                        }));
        var shapes = new LinkedHashMap<String, Shape>();
        state.forEach((name, t) -> shapes.put(name, t.shape()));
        return new PruningGraph(shapes, grouped(axes, labels, shapes));
    }

    // ---- from labels to groups ----

    private record Place(String tensor, int axis, Role role) {}

    private static List<ChannelGroup> grouped(
            StateAxes axes, Labels labels, Map<String, Shape> shapes) {
        // positions by label, tensors in the order of the state
        var members = new LinkedHashMap<Integer, Map<Place, List<Integer>>>();
        for (String tensor : shapes.keySet()) {
            new TreeMap<>(axes.axes.getOrDefault(tensor, Map.of()))
                    .forEach((axis, a) -> {
                        var place = new Place(tensor, axis, a.role);
                        for (int i = 0; i < a.labels.length; i++) {
                            members.computeIfAbsent(
                                            labels.root(a.labels[i]), _ -> new LinkedHashMap<>())
                                    .computeIfAbsent(place, _ -> new ArrayList<>())
                                    .add(i);
                        }
                    });
        }
        var byPlaces = new LinkedHashMap<Object, List<Integer>>();
        members.forEach((label, places) -> {
            List<Object> key = new ArrayList<>(places.keySet());
            key.add(String.valueOf(labels.obstacle(label)));
            byPlaces.computeIfAbsent(key, _ -> new ArrayList<>()).add(label);
        });
        List<ChannelGroup> groups = new ArrayList<>();
        for (List<Integer> channels : byPlaces.values()) {
            groups.add(group(channels, members, labels));
        }
        return groups;
    }

    private static ChannelGroup group(
            List<Integer> channels,
            Map<Integer, Map<Place, List<Integer>>> members,
            Labels labels) {
        List<Slice> slices = new ArrayList<>();
        for (Place place : of(channels.getFirst(), members).keySet()) {
            int[][] positions = new int[channels.size()][];
            for (int k = 0; k < positions.length; k++) {
                List<Integer> at = of(channels.get(k), members).getOrDefault(place, List.of());
                positions[k] = at.stream().mapToInt(Integer::intValue).sorted().toArray();
            }
            slices.add(new Slice(place.tensor, place.axis, place.role, positions));
        }
        String obstacle = labels.obstacle(channels.getFirst());
        if (obstacle == null && slices.stream().noneMatch(s -> s.role() == Role.MAKES)) {
            obstacle = "come from no layer";
        }
        if (obstacle == null && slices.stream().noneMatch(s -> s.role() == Role.READS)) {
            obstacle = "are read by no layer";
        }
        if (obstacle == null && channels.size() == 1) {
            obstacle = "are one channel, or can only be cut all together";
        }
        return new ChannelGroup(name(slices), channels.size(), slices, obstacle);
    }

    private static Map<Place, List<Integer>> of(
            int label, Map<Integer, Map<Place, List<Integer>>> members) {
        return java.util.Objects.requireNonNull(members.get(label));
    }

    private static String name(List<Slice> slices) {
        Slice maker =
                slices.stream()
                        .filter(s -> s.role() == Role.MAKES)
                        .findFirst()
                        .orElse(slices.getFirst());
        int dot = maker.tensor().lastIndexOf('.');
        return dot < 0 ? maker.tensor() : maker.tensor().substring(0, dot);
    }

    // ---- what it says ----

    /// Shapes of the state, by name.
    public Map<String, Shape> shapes() {
        return java.util.Collections.unmodifiableMap(shapes);
    }

    /// All groups, in the order in which their tensors are declared; those that must stay too.
    public List<ChannelGroup> groups() {
        return groups;
    }

    /// The groups whose channels can be cut.
    ///
    /// @throws IllegalArgumentException if there are none; the message says why for each
    public List<ChannelGroup> free() {
        List<ChannelGroup> free = groups.stream().filter(ChannelGroup::isFree).toList();
        if (free.isEmpty()) {
            throw new IllegalArgumentException(
                    "prune: no channel of this network can be cut: "
                            + String.join(
                                    "; ",
                                    groups.stream()
                                            .map(g ->
                                                    "those of %s %s"
                                                            .formatted(g.name(), g.obstacle()))
                                            .distinct()
                                            .toList()));
        }
        return free;
    }

    /// The group whose channels that weight reads or makes, alone of all groups; null if there is
    /// none, or if several share the weight's axis as behind a concatenation.
    public @Nullable ChannelGroup of(String weight, Role role) {
        List<ChannelGroup> found =
                groups.stream()
                        .filter(g ->
                                g.slices().stream()
                                        .anyMatch(
                                                s -> s.role() == role && s.tensor().equals(weight)))
                        .toList();
        return found.size() == 1 ? found.getFirst() : null;
    }

    /// A line per group: its channels and the tensors that share them, or why they must stay.
    public String table() {
        int width = groups.stream().mapToInt(g -> g.name().length()).max().orElse(0);
        var text = new StringBuilder();
        for (ChannelGroup g : groups) {
            text.append(("%-" + width + "s %5d  ").formatted(g.name(), g.channels()));
            if (g.obstacle() != null) {
                text.append("stays: ").append(g.obstacle()).append('\n');
                continue;
            }
            List<String> parts = new ArrayList<>();
            for (Role role : Role.values()) {
                List<String> names =
                        g.slices().stream()
                                .filter(s -> s.role() == role)
                                .map(s -> "%s axis %d%s".formatted(s.tensor(), s.axis(), spread(s)))
                                .toList();
                if (!names.isEmpty()) {
                    parts.add(verb(role) + " " + String.join(", ", names));
                }
            }
            text.append(String.join("; ", parts)).append('\n');
        }
        return text.toString();
    }

    private static String verb(Role role) {
        return switch (role) {
            case MAKES -> "made by";
            case FOLLOWS -> "with";
            case READS -> "read by";
        };
    }

    private static String spread(Slice s) {
        int most = Arrays.stream(s.positions()).mapToInt(p -> p.length).max().orElse(0);
        return most == 1 ? "" : " (%d each)".formatted(most);
    }

    @Override
    public String toString() {
        return table();
    }
}
