package javelin.tensor.ops;

import javelin.kernels.reduce.Reduce;
import javelin.tensor.Tensor;

import java.util.List;

/// Largest number along some axes; NaN if any is; −∞ over nothing. Equal ones share the gradient.
///
/// | operand | shape |
/// |---|---|
/// | `x` | any |
/// | result | that of `x` without `axes`, or with size 1 there if `keepAxes` |
public record ReduceMax(List<Integer> axes, boolean keepAxes) implements Extreme {
    /// Copies the list.
    public ReduceMax {
        axes = List.copyOf(axes);
    }

    /// Largest of `x` over `axes`, which disappear; over all if none is named.
    ///
    /// @throws javelin.tensor.ShapeException if there is no such axis
    public static Tensor max(Tensor x, int... axes) {
        return max(x, false, axes);
    }

    /// As [#max(Tensor, int...)]; the axes stay with size 1 if `keepAxes`.
    public static Tensor max(Tensor x, boolean keepAxes, int... axes) {
        return Tensor.apply(new ReduceMax(Axes.resolve("max", x.shape(), axes), keepAxes), x);
    }

    @Override
    public String name() {
        return "max";
    }

    @Override
    public Reduce.Kind kind() {
        return Reduce.Kind.MAX;
    }
}
