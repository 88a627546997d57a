package javelin.tensor.ops;

import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

/// Position of the largest number along one axis; the first of equals, the first NaN where there is
/// one.
///
/// @param axis searched axis, counted from the front
public record ArgMax(int axis) implements ArgReduction {
    /// Position of the largest of `x` along `axis`; negative axes count from the end.
    ///
    /// @throws ShapeException if there is no such axis, or it is empty
    public static Tensor argMax(Tensor x, int axis) {
        return Tensor.apply(new ArgMax(Axes.resolve("argMax", x.shape(), axis)), x);
    }

    @Override
    public boolean largest() {
        return true;
    }
}
