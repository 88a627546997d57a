package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Tensor;

import java.util.List;

/// Reversed order along some axes. It is its own adjoint.
///
/// @param axes reversed axes, counted from the front
public record Flip(List<Integer> axes) implements LinearMap {
    /// Copies the list.
    public Flip {
        axes = List.copyOf(axes);
    }

    /// `x` reversed along `axes`, along all if none is named.
    ///
    /// @throws javelin.tensor.ShapeException if there is no such axis
    public static Tensor flip(Tensor x, int... axes) {
        return Tensor.apply(new Flip(Axes.resolve("flip", x.shape(), axes)), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        axes.forEach(a -> Axes.resolve("flip", in.getFirst(), a));
        return in.getFirst();
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.Flip(Axes.bits(axes)), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(this, dy);
    }
}
