package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = eˣ − 1`, any shape, exact near 0.
public record Expm1() implements Elementwise {
    /// Expm1 of `x`; see the class.
    public static Tensor expm1(Tensor x) {
        return Tensor.apply(new Expm1(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.EXPM1;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(saved.output().add(1)));
    }
}
