package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.pool.Windows;
import javelin.tensor.Tensor;

import java.util.List;

/// Mean of each window, per channel. Its adjoint is [AveragePool2dInput].
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | result | `[n, oh, ow, c]` |
///
/// @param windows which pixels each result looks at
/// @param countPadding whether padding counts as pixels of value 0
public record AveragePool2d(Windows windows, boolean countPadding) implements LinearMap {
    /// Average pooling of `x`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if `x` has not four axes or no window fits
    public static Tensor averagePool2d(Tensor x, Windows windows, boolean countPadding) {
        return Tensor.apply(new AveragePool2d(windows, countPadding), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return MaxPool2d.pooled("averagePool2d", windows, in);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.pool.AveragePool2d(windows, countPadding), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(new AveragePool2dInput(windows, countPadding, x.dim(1), x.dim(2)), dy);
    }
}
