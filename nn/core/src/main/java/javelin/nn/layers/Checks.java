package javelin.nn.layers;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// What layers ask of their input where broadcasting would hide a mistake.
final class Checks {
    private Checks() {}

    /// Checks the innermost axis.
    ///
    /// @throws ShapeException if `x` has other channels than the layer
    static void channels(String layer, Tensor x, int channels) {
        Shape s = x.shape();
        if (s.rank() == 0 || s.dim(-1) != channels) {
            throw new ShapeException(
                    layer,
                    "the layer has %d channels, but the input is %s; channels are the last axis"
                            .formatted(channels, s),
                    List.of(s));
        }
    }
}
