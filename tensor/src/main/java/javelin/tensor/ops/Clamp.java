package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.layout.Fill;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = min(max(x, low), high)`, any shape; NaN stays NaN. The derivative at both limits is 1.
///
/// @param low smallest result; may be −∞
/// @param high largest result; may be +∞
public record Clamp(double low, double high) implements Elementwise {
    /// Checks the order of the limits.
    ///
    /// @throws IllegalArgumentException if `low` is above `high` or either is NaN
    public Clamp {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "clamp: limits must be in order, got %s and %s".formatted(low, high));
        }
    }

    /// `x` limited to `low … high`; see the class.
    public static Tensor clamp(Tensor x, double low, double high) {
        return Tensor.apply(new Clamp(low, high), x);
    }

    @Override
    public Kernel kernel() {
        return Ternary.CLAMP;
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        View bottom = scalar(on, out.type(), low);
        View top = scalar(on, out.type(), high);
        on.run(kernel(), List.of(in.getFirst(), bottom, top), out);
    }

    private static View scalar(Backend on, DType type, double value) {
        View scalar = View.of(on.allocate(type, 1), Shape.SCALAR);
        on.run(new Fill(value), List.of(), scalar);
        return scalar;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor above = Compare.greaterEqual(x, Tensor.scalar(x.backend(), low));
        Tensor below = Compare.lessEqual(x, Tensor.scalar(x.backend(), high));
        return List.of(dy.mul(above.mul(below)));
    }
}
