package javelin.nn.prune;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Names for channels, as numbers. Labels that must be cut together are united; a label that must
/// stay has an obstacle, and so has everything united with it.
///
/// @see "Tarjan, Efficiency of a good but not linear set union algorithm, 1975"
final class Labels {
    private int[] parents = new int[1024];
    private final List<@Nullable String> obstacles = new ArrayList<>();

    /// New labels, each alone.
    int[] fresh(int count) {
        int from = obstacles.size();
        if (from + count > parents.length) {
            parents = Arrays.copyOf(parents, Math.max(2 * parents.length, from + count));
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = from + i;
            parents[from + i] = from + i;
            obstacles.add(null);
        }
        return labels;
    }

    /// The label that stands for all that are united with this one.
    int root(int label) {
        int at = label;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]]; // halves the way for the next who asks
            at = parents[at];
        }
        return at;
    }

    void unite(int a, int b) {
        int to = root(a);
        int from = root(b);
        if (to == from) {
            return;
        }
        parents[from] = to;
        if (obstacles.get(to) == null) {
            obstacles.set(to, obstacles.get(from));
        }
    }

    /// Unites the labels of two rows position by position.
    void unite(int[] a, int[] b) {
        for (int i = 0; i < a.length; i++) {
            unite(a[i], b[i]);
        }
    }

    /// Marks labels as ones that must stay; an earlier reason is kept.
    void fix(int[] labels, String reason) {
        for (int label : labels) {
            int root = root(label);
            if (obstacles.get(root) == null) {
                obstacles.set(root, reason);
            }
        }
    }

    /// Why a label must stay; null if it need not.
    @Nullable String obstacle(int label) {
        return obstacles.get(root(label));
    }
}
