package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Pad.Mode;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Adjoint of [Pad]: each element of the frame is added to the element it was copied from; those of
/// a constant frame are dropped.
///
/// @param mode what the frame was made of
/// @param before elements in front, per axis
/// @param after elements behind, per axis
public record PadInput(Mode mode, List<Integer> before, List<Integer> after) implements LinearMap {
    /// Copies the lists.
    public PadInput {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape dy = in.getFirst();
        if (before.size() != dy.rank() || after.size() != dy.rank()) {
            throw misfit(dy);
        }
        int[] dims = dy.dims();
        for (int i = 0; i < dims.length; i++) {
            dims[i] -= before.get(i) + after.get(i);
            if (dims[i] < 0) {
                throw misfit(dy);
            }
        }
        return Shape.of(dims);
    }

    private ShapeException misfit(Shape dy) {
        return new ShapeException(
                "padInput",
                "input %s has no frame of %s before and %s after".formatted(dy, before, after),
                List.of(dy));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.PadInput(mode, before), in, out);
    }

    @Override
    public Tensor adjoint(Shape dy, Tensor dx) {
        return Tensor.apply(new Pad(mode, 0, before, after), dx);
    }
}
