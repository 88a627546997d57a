package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = cos x`, any shape; `x` in radians.
public record Cos() implements Elementwise {
    /// Cos of `x`; see the class.
    public static Tensor cos(Tensor x) {
        return Tensor.apply(new Cos(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.COS;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(Sin.sin(saved.input(0))).neg());
    }
}
