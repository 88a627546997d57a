package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.kernels.reduce.Reduce;
import javelin.tensor.Tensor;

import java.util.List;

/// Sum over some axes; 0 over nothing. Its adjoint is [BroadcastTo].
///
/// | operand | shape |
/// |---|---|
/// | `x` | any |
/// | result | that of `x` without `axes`, or with size 1 there if `keepAxes` |
public record Sum(List<Integer> axes, boolean keepAxes) implements Reduction, LinearMap {
    /// Copies the list.
    public Sum {
        axes = List.copyOf(axes);
    }

    /// Sum of `x` over `axes`, which disappear; over all if none is named.
    ///
    /// @throws javelin.tensor.ShapeException if there is no such axis
    public static Tensor sum(Tensor x, int... axes) {
        return sum(x, false, axes);
    }

    /// As [#sum(Tensor, int...)]; the axes stay with size 1 if `keepAxes`.
    public static Tensor sum(Tensor x, boolean keepAxes, int... axes) {
        return Tensor.apply(new Sum(Axes.resolve("sum", x.shape(), axes), keepAxes), x);
    }

    @Override
    public Reduce.Kind kind() {
        return Reduce.Kind.SUM;
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return BroadcastTo.broadcastTo(kept(dy, x), x);
    }
}
