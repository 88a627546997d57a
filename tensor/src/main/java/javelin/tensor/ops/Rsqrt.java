package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = 1 / √x`, any shape; NaN below 0.
public record Rsqrt() implements Elementwise {
    /// Rsqrt of `x`; see the class.
    public static Tensor rsqrt(Tensor x) {
        return Tensor.apply(new Rsqrt(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.RSQRT;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor y = saved.output();
        return List.of(dy.mul(y.square().mul(y)).mul(-0.5)); // dx = −y³/2 · dy
    }
}
