package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = eˣ`, any shape.
public record Exp() implements Elementwise {
    /// Exp of `x`; see the class.
    public static Tensor exp(Tensor x) {
        return Tensor.apply(new Exp(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.EXP;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(saved.output()));
    }
}
