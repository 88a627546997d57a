package javelin.nn.data;

import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Some examples: what a network is given, and what it should make of it.
///
/// @param inputs `[b, …]`, for images `[b, h, w, c]`
/// @param targets `[b, …]`: integers `[b]` are class labels
public record Batch(Tensor inputs, Tensor targets) {
    /// Checks that both have as many examples.
    public Batch {
        boolean fits =
                inputs.shape().rank() > 0
                        && targets.shape().rank() > 0
                        && inputs.dim(0) == targets.dim(0);
        if (!fits) {
            throw new ShapeException(
                    "batch",
                    "inputs %s and targets %s must have the same number of examples, their first axis"
                            .formatted(inputs.shape(), targets.shape()),
                    List.of(inputs.shape(), targets.shape()));
        }
    }

    /// Number of examples.
    public int size() {
        return inputs.dim(0);
    }
}
