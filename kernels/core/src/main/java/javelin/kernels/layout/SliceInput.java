package javelin.kernels.layout;

import javelin.kernels.Kernel;

import java.util.List;

/// Adjoint of [Slice]: zeros, with `dx[…, start + j·step, …] = dy[…, j, …]`.
public record SliceInput(List<Integer> start, List<Integer> step) implements Kernel {
    /// Copies the lists.
    public SliceInput {
        start = List.copyOf(start);
        step = List.copyOf(step);
    }
}
