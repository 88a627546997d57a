package javelin.tensor.ops;

import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

/// Position of the smallest number along one axis; the first of equals, the first NaN where there
/// is one.
///
/// @param axis searched axis, counted from the front
public record ArgMin(int axis) implements ArgReduction {
    /// Position of the smallest of `x` along `axis`; negative axes count from the end.
    ///
    /// @throws ShapeException if there is no such axis, or it is empty
    public static Tensor argMin(Tensor x, int axis) {
        return Tensor.apply(new ArgMin(Axes.resolve("argMin", x.shape(), axis)), x);
    }

    @Override
    public boolean largest() {
        return false;
    }
}
