package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.pool.Windows;
import javelin.tensor.Tensor;

import java.util.List;

/// Where [MaxPool2d] finds its results: positions in the flat input, `((n·H + h)·W + w)·C + c`, the
/// first of equal pixels. Integers, no gradient.
///
/// @param windows which pixels each result looks at
public record ArgMaxPool2d(Windows windows) implements NoGradient {
    /// Positions of the largest pixels of `x [n, h, w, c]`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if `x` has not four axes or no window fits
    public static Tensor argMaxPool2d(Tensor x, Windows windows) {
        return Tensor.apply(new ArgMaxPool2d(windows), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return MaxPool2d.pooled("argMaxPool2d", windows, in);
    }

    @Override
    public DType type(List<DType> inputs) {
        return DType.I32;
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.pool.ArgMaxPool2d(windows), in, out);
    }
}
