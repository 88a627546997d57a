package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.reduce.ArgReduce;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Position of the smallest number along one axis, which disappears; the first of equals, the first
/// NaN where there is one. The result holds integers and has no gradient.
///
/// @param axis searched axis, counted from the front
public record ArgMin(int axis) implements NoGradient {
    /// Position of the smallest of `x` along `axis`; negative axes count from the end.
    ///
    /// @throws ShapeException if there is no such axis, or it is empty
    public static Tensor argMin(Tensor x, int axis) {
        return Tensor.apply(new ArgMin(Axes.resolve("argMin", x.shape(), axis)), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        int a = Axes.resolve(name(), x, axis);
        if (x.dim(a) == 0) {
            throw new ShapeException(
                    name(), "axis %d of %s is empty".formatted(axis, x), List.of(x));
        }
        int[] rest = new int[x.rank() - 1];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = x.dim(i < a ? i : i + 1);
        }
        return Shape.of(rest);
    }

    @Override
    public DType type(List<DType> inputs) {
        return DType.I32;
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new ArgReduce(false, axis), in, out);
    }
}
