package javelin.kernels.layout;

import javelin.kernels.Kernel;

import java.util.List;

/// Adjoint of [Pad]: each element of the padded `dy` is added to the element of `dx` it was copied
/// from; those of a constant frame are dropped.
public record PadInput(Pad.Mode mode, List<Integer> before) implements Kernel {
    /// Copies the list.
    public PadInput {
        before = List.copyOf(before);
    }
}
