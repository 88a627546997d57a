package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = √x`, any shape; NaN below 0. The derivative at 0 is infinite: add a small number first.
public record Sqrt() implements Elementwise {
    /// Sqrt of `x`; see the class.
    public static Tensor sqrt(Tensor x) {
        return Tensor.apply(new Sqrt(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SQRT;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(0.5).div(saved.output())); // dx = dy / (2y)
    }
}
