package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.resize.Interpolation;
import javelin.tensor.Tensor;

import java.util.List;

/// Adjoint of [Resize2d]: `[n, oh, ow, c] → [n, h, w, c]`.
///
/// @param h rows of the result
/// @param w columns of the result
/// @param interpolation how the resized pixels were found
public record Resize2dInput(int h, int w, Interpolation interpolation) implements LinearMap {
    @Override
    public Shape shape(List<Shape> in) {
        return new Resize2d(h, w, interpolation).shape(in);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.resize.Resize2dInput(interpolation), in, out);
    }

    @Override
    public Tensor adjoint(Shape dy, Tensor dx) {
        return Resize2d.resize2d(dx, dy.dim(1), dy.dim(2), interpolation);
    }
}
