package javelin.nn.prune;

import javelin.kernels.Buffer;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.tensor.Node;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The tensors of a network's state, and the labels along their axes.
final class StateAxes {
    private final Labels labels;
    private final IdentityHashMap<Node, String> names = new IdentityHashMap<>();
    private final IdentityHashMap<Buffer, Map<Integer, String>> windows = new IdentityHashMap<>();
    private final Map<String, Tensor> state;

    /// Labels and role of each axis that was met.
    final Map<String, Map<Integer, Axis>> axes = new LinkedHashMap<>();

    /// An axis of a tensor.
    static final class Axis {
        final int[] labels;
        Role role;

        Axis(int[] labels, Role role) {
            this.labels = labels;
            this.role = role;
        }
    }

    StateAxes(Map<String, Tensor> state, Labels labels) {
        this.labels = labels;
        this.state = state;
        state.forEach((name, t) -> {
            names.put(t.node(), name);
            windows.computeIfAbsent(t.view().buffer(), _ -> new LinkedHashMap<>())
                    .put(t.view().offset(), name);
        });
    }

    /// Name of a leaf that belongs to the state; null for any other node.
    @Nullable String name(Node node) {
        return names.get(node);
    }

    /// Labels along an axis of a tensor of the state, which plays a role there. A tensor that makes
    /// and follows at different places (shared layers) makes.
    int[] along(String name, int axis, Role role) {
        Tensor t = java.util.Objects.requireNonNull(state.get(name), name);
        Axis found =
                axes.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(axis, a -> new Axis(labels.fresh(t.shape().dim(a)), role));
        if (role.compareTo(found.role) < 0) {
            found.role = role;
        }
        return found.labels;
    }

    /// Unites `channels` with the state behind a table of vectors, such as the running statistics
    /// of batch norm, which are windows on its rows.
    ///
    /// @return whether the table is one of windows on the state
    boolean unitedRows(Node table, int[] channels) {
        Tensor t = table.tensor();
        Map<Integer, String> rows = t == null ? null : windows.get(t.view().buffer());
        if (rows == null) {
            return false;
        }
        rows.values().forEach(name -> labels.unite(along(name, 0, Role.FOLLOWS), channels));
        return true;
    }
}
