package javelin.tensor.ops;

import javelin.kernels.reduce.Reduce;
import javelin.tensor.Tensor;

import java.util.List;

/// Smallest number along some axes; NaN if any is; +∞ over nothing. Equal ones share the gradient.
///
/// | operand | shape |
/// |---|---|
/// | `x` | any |
/// | result | that of `x` without `axes`, or with size 1 there if `keepAxes` |
public record ReduceMin(List<Integer> axes, boolean keepAxes) implements Extreme {
    /// Copies the list.
    public ReduceMin {
        axes = List.copyOf(axes);
    }

    /// Smallest of `x` over `axes`, which disappear; over all if none is named.
    ///
    /// @throws javelin.tensor.ShapeException if there is no such axis
    public static Tensor min(Tensor x, int... axes) {
        return min(x, false, axes);
    }

    /// As [#min(Tensor, int...)]; the axes stay with size 1 if `keepAxes`.
    public static Tensor min(Tensor x, boolean keepAxes, int... axes) {
        return Tensor.apply(new ReduceMin(Axes.resolve("min", x.shape(), axes), keepAxes), x);
    }

    @Override
    public String name() {
        return "min";
    }

    @Override
    public Reduce.Kind kind() {
        return Reduce.Kind.MIN;
    }
}
