package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = ln(1 + eˣ)`, any shape, without overflow.
public record Softplus() implements Elementwise {
    /// Softplus of `x`; see the class.
    public static Tensor softplus(Tensor x) {
        return Tensor.apply(new Softplus(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SOFTPLUS;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(Sigmoid.sigmoid(saved.input(0))));
    }
}
