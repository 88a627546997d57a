package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = |x|`, any shape. The derivative at 0 is taken as 0.
public record Abs() implements Elementwise {
    /// Abs of `x`; see the class.
    public static Tensor abs(Tensor x) {
        return Tensor.apply(new Abs(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.ABS;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(Sign.sign(saved.input(0))));
    }
}
