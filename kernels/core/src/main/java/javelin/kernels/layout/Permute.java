package javelin.kernels.layout;

import javelin.kernels.Kernel;

import java.util.List;

/// Reordered axes: axis `i` of the output is axis `order[i]` of the input. Any element type.
public record Permute(List<Integer> order) implements Kernel {
    /// Copies the list.
    public Permute {
        order = List.copyOf(order);
    }
}
