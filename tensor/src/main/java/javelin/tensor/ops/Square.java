package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = x²`, any shape.
public record Square() implements Elementwise {
    /// Square of `x`; see the class.
    public static Tensor square(Tensor x) {
        return Tensor.apply(new Square(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SQUARE;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(saved.input(0)).mul(2)); // dx = 2 x dy
    }
}
