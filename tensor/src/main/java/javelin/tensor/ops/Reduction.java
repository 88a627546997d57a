package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.reduce.Reduce;
import javelin.tensor.Op;
import javelin.tensor.Tensor;

import java.util.List;

/// An op that turns the numbers along some axes into one.
public interface Reduction extends Op {
    /// Reduced axes, counted from the front, ascending.
    List<Integer> axes();

    /// Whether the axes stay in the result, with size 1.
    boolean keepAxes();

    /// What is computed from the numbers of one result.
    Reduce.Kind kind();

    @Override
    default Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        int[] axes = Axes.array(axes());
        Shape kept = x;
        for (int axis : axes) {
            kept = kept.with(Axes.resolve(name(), x, axis), 1);
        }
        if (keepAxes()) {
            return kept;
        }
        int[] rest = new int[x.rank() - axes.length];
        int next = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (!axes().contains(i)) {
                rest[next++] = x.dim(i);
            }
        }
        return Shape.of(rest);
    }

    @Override
    default void forward(Backend on, List<View> in, View out) {
        on.run(new Reduce(kind(), Axes.bits(axes())), in, out);
    }

    /// A tensor of the shape of the result, with the reduced axes of `x` back in place as size 1.
    default Tensor kept(Tensor y, Shape x) {
        Shape kept = x;
        for (int axis : axes()) {
            kept = kept.with(axis, 1);
        }
        return y.shape().equals(kept) ? y : y.reshape(kept.dims());
    }
}
