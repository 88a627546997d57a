package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Pad.Mode;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// A frame around a tensor: `before[i]` elements in front of axis `i` and `after[i]` behind it. Its
/// adjoint is [PadInput].
///
/// @param mode what the frame is made of: a constant, the mirror image, or the nearest element
/// @param value the constant; unused by the other modes
/// @param before elements in front, per axis
/// @param after elements behind, per axis
public record Pad(Mode mode, double value, List<Integer> before, List<Integer> after)
        implements LinearMap {
    /// Copies the lists.
    public Pad {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// `x` in a frame; see the class.
    ///
    /// @throws ShapeException if there is not one number per axis, one is negative, a mirrored
    ///   frame is not narrower than `x`, or there is no element to repeat
    public static Tensor pad(Tensor x, Mode mode, double value, int[] before, int[] after) {
        return Tensor.apply(new Pad(mode, value, Axes.list(before), Axes.list(after)), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        if (before.size() != x.rank() || after.size() != x.rank()) {
            throw new ShapeException(
                    "pad",
                    "frame %s before and %s after must have one number per axis of %s"
                            .formatted(before, after, x),
                    in);
        }
        int[] dims = new int[x.rank()];
        for (int i = 0; i < dims.length; i++) {
            int widest = Math.max(before.get(i), after.get(i));
            int limit =
                    switch (mode) {
                        case CONSTANT -> Integer.MAX_VALUE;
                        case EDGE -> x.dim(i) == 0 ? 0 : Integer.MAX_VALUE;
                        case REFLECT -> Math.max(x.dim(i) - 1, 0);
                    };
            if (Math.min(before.get(i), after.get(i)) < 0 || widest > limit) {
                throw new ShapeException(
                        "pad",
                        "frame of %d and %d on axis %d of %s must be from 0 to %d in mode %s"
                                .formatted(before.get(i), after.get(i), i, x, limit, mode),
                        in);
            }
            dims[i] = Math.addExact(x.dim(i), Math.addExact(before.get(i), after.get(i)));
        }
        return Shape.of(dims);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.Pad(mode, before, value), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(new PadInput(mode, before, after), dy);
    }
}
