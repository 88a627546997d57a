package javelin.kernels.layout;

import javelin.kernels.Kernel;

import java.util.List;

/// Every `step[i]`-th element from `start[i]` on, along each axis, as many as the output has: `y[…,
/// j, …] = x[…, start + j·step, …]`. Steps are at least 1. Any element type.
public record Slice(List<Integer> start, List<Integer> step) implements Kernel {
    /// Copies the lists.
    public Slice {
        start = List.copyOf(start);
        step = List.copyOf(step);
    }
}
