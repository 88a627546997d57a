package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.reduce.ArgReduce;
import javelin.tensor.ShapeException;

import java.util.List;

/// An op that looks for one of the numbers along an axis, which disappears. The result holds
/// integers and has no gradient.
interface ArgReduction extends NoGradient {
    /// Searched axis, counted from the front.
    int axis();

    /// Whether the largest number is wanted, not the smallest.
    boolean largest();

    @Override
    default Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        int a = Axes.resolve(name(), x, axis());
        if (x.dim(a) == 0) {
            throw new ShapeException(
                    name(), "axis %d of %s is empty".formatted(axis(), x), List.of(x));
        }
        int[] rest = new int[x.rank() - 1];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = x.dim(i < a ? i : i + 1);
        }
        return Shape.of(rest);
    }

    @Override
    default DType type(List<DType> inputs) {
        return DType.I32;
    }

    @Override
    default void forward(Backend on, List<View> in, View out) {
        on.run(new ArgReduce(largest(), axis()), in, out);
    }
}
