package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Logistic function `y = 1 / (1 + e⁻ˣ)`, any shape.
public record Sigmoid() implements Elementwise {
    /// Sigmoid of `x`; see the class.
    public static Tensor sigmoid(Tensor x) {
        return Tensor.apply(new Sigmoid(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SIGMOID;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor y = saved.output();
        return List.of(dy.mul(y).mul(y.rsub(1))); // dx = y (1 − y) dy
    }
}
