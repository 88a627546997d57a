package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.pool.Windows;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Adjoint of [AveragePool2d]: each number is spread evenly over the pixels of its window, `[n, oh,
/// ow, c] → [n, h, w, c]`.
///
/// @param windows which pixels each number belongs to
/// @param countPadding whether padding receives its share, which is lost
/// @param h rows of the result
/// @param w columns of the result
public record AveragePool2dInput(Windows windows, boolean countPadding, int h, int w)
        implements LinearMap {
    @Override
    public Shape shape(List<Shape> in) {
        Shape dy = in.getFirst();
        if (dy.rank() != 4 || dy.dim(1) != windows.outH(h) || dy.dim(2) != windows.outW(w)) {
            throw new ShapeException(
                    "averagePool2dInput",
                    "input %s must be [n, %d, %d, c] for a result of %d×%d"
                            .formatted(dy, windows.outH(h), windows.outW(w), h, w),
                    in);
        }
        return Shape.of(dy.dim(0), h, w, dy.dim(3));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.pool.AveragePool2dInput(windows, countPadding), in, out);
    }

    @Override
    public Tensor adjoint(Shape dy, Tensor dx) {
        return AveragePool2d.averagePool2d(dx, windows, countPadding);
    }
}
