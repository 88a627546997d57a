package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Mean and biased variance per channel, over all axes but the innermost: `x […, c] → [2, c]`, row
/// 0 the mean, row 1 the variance.
///
/// No gradient of its own: that of [BatchNorm] runs through the moments of its batch. For moments
/// to be differentiated use `x.mean(…)` and [Variance].
public record Moments() implements NoGradient {
    /// Mean and variance of each channel of `x`; see the class.
    ///
    /// @throws ShapeException if there is no channel axis, or no element per channel
    public static Tensor moments(Tensor x) {
        return Tensor.apply(new Moments(), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        if (x.rank() < 2 || x.product(0, x.rank() - 1) == 0) {
            throw new ShapeException(
                    "moments",
                    "input %s must be […, c] with at least one element per channel".formatted(x),
                    in);
        }
        return Shape.of(2, x.dim(-1));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.norm.Moments(), in, out);
    }
}
