package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Broadcast;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Copies along the axes in which the input has size 1, or that it lacks in front. Its adjoint is
/// [Sum]. Elementwise ops broadcast by themselves and need no such copy.
///
/// @param target shape of the result
public record BroadcastTo(Shape target) implements LinearMap {
    /// `x` stretched to `target`; see the class.
    ///
    /// @throws ShapeException if it does not broadcast to it
    public static Tensor broadcastTo(Tensor x, Shape target) {
        return x.shape().equals(target) ? x : Tensor.apply(new BroadcastTo(target), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        if (!x.broadcastsTo(target)) {
            throw new ShapeException(
                    "broadcastTo",
                    "%s does not stretch to %s: aligned at the innermost axis, sizes must be equal or 1"
                            .formatted(x, target),
                    List.of(x, target));
        }
        return target;
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new Broadcast(), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Broadcasting.undo(dy, x);
    }
}
