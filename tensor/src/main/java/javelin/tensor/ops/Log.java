package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = ln x`, any shape; −∞ at 0, NaN below.
public record Log() implements Elementwise {
    /// Log of `x`; see the class.
    public static Tensor log(Tensor x) {
        return Tensor.apply(new Log(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.LOG;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.div(saved.input(0)));
    }
}
