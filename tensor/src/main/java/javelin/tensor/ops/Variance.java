package javelin.tensor.ops;

import javelin.kernels.reduce.Reduce;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Biased variance `Σ (x − mean)² / n` over some axes, in two passes; NaN over nothing.
///
/// | operand | shape | unit |
/// |---|---|---|
/// | `x` | any | any |
/// | result | that of `x` without `axes`, or with size 1 there if `keepAxes` | its square |
public record Variance(List<Integer> axes, boolean keepAxes) implements Reduction {
    /// Copies the list.
    public Variance {
        axes = List.copyOf(axes);
    }

    /// Variance of `x` over `axes`, which disappear; over all if none is named.
    ///
    /// @throws javelin.tensor.ShapeException if there is no such axis
    public static Tensor variance(Tensor x, int... axes) {
        return variance(x, false, axes);
    }

    /// As [#variance(Tensor, int...)]; the axes stay with size 1 if `keepAxes`.
    public static Tensor variance(Tensor x, boolean keepAxes, int... axes) {
        return Tensor.apply(new Variance(Axes.resolve("variance", x.shape(), axes), keepAxes), x);
    }

    @Override
    public Reduce.Kind kind() {
        return Reduce.Kind.VARIANCE;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        double n = Axes.count(x.shape(), axes);
        Tensor mean = Sum.sum(x, true, Axes.array(axes)).mul(1 / n);
        return List.of(x.sub(mean).mul(kept(dy, x.shape()).mul(2 / n)));
    }
}
