package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.resize.Interpolation;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Images at another size, with half-pixel centres. Its adjoint is [Resize2dInput].
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | result | `[n, oh, ow, c]` |
///
/// @param oh rows of the result
/// @param ow columns of the result
/// @param interpolation how a pixel between pixels is found
public record Resize2d(int oh, int ow, Interpolation interpolation) implements LinearMap {
    /// `x` with `oh × ow` pixels; see the class.
    ///
    /// @throws ShapeException if `x` has not four axes, or a size is not positive
    public static Tensor resize2d(Tensor x, int oh, int ow, Interpolation interpolation) {
        return Tensor.apply(new Resize2d(oh, ow, interpolation), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        if (x.rank() != 4 || x.dim(1) < 1 || x.dim(2) < 1 || oh < 1 || ow < 1) {
            throw new ShapeException(
                    "resize2d",
                    "input %s must be [n, h, w, c] with h, w at least 1, and so must the result be, %d×%d"
                            .formatted(x, oh, ow),
                    in);
        }
        return Shape.of(x.dim(0), oh, ow, x.dim(3));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.resize.Resize2d(interpolation), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(new Resize2dInput(x.dim(1), x.dim(2), interpolation), dy);
    }
}
