package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Adjoint of [Slice]: the elements at their places in zeros of shape `target`.
///
/// @param start first position per axis
/// @param end position after the last one per axis
/// @param step distance of positions per axis
/// @param target shape of the result
public record SliceInput(List<Integer> start, List<Integer> end, List<Integer> step, Shape target)
        implements LinearMap {
    /// Copies the lists.
    public SliceInput {
        start = List.copyOf(start);
        end = List.copyOf(end);
        step = List.copyOf(step);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape expected = new Slice(start, end, step).shape(List.of(target));
        if (!in.getFirst().equals(expected)) {
            throw new ShapeException(
                    "sliceInput",
                    "input %s is not the slice %s of %s".formatted(in.getFirst(), expected, target),
                    List.of(in.getFirst(), target));
        }
        return target;
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.SliceInput(start, step), in, out);
    }

    @Override
    public Tensor adjoint(Shape dy, Tensor dx) {
        return Tensor.apply(new Slice(start, end, step), dx);
    }
}
