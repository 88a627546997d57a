package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = sin x`, any shape; `x` in radians.
public record Sin() implements Elementwise {
    /// Sin of `x`; see the class.
    public static Tensor sin(Tensor x) {
        return Tensor.apply(new Sin(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SIN;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(Cos.cos(saved.input(0))));
    }
}
