package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = ln(1 + x)`, any shape, exact near 0.
public record Log1p() implements Elementwise {
    /// Log1p of `x`; see the class.
    public static Tensor log1p(Tensor x) {
        return Tensor.apply(new Log1p(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.LOG1P;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.div(saved.input(0).add(1)));
    }
}
