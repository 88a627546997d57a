package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Hyperbolic tangent, any shape.
public record Tanh() implements Elementwise {
    /// Tanh of `x`; see the class.
    public static Tensor tanh(Tensor x) {
        return Tensor.apply(new Tanh(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.TANH;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(saved.output().square().rsub(1))); // dx = (1 − y²) dy
    }
}
