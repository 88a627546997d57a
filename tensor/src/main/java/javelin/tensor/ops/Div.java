package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// `y = a / b`; shapes broadcast.
public record Div() implements Elementwise {
    /// Quotient of `a` and `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor div(Tensor a, Tensor b) {
        return Tensor.apply(new Div(), a, b);
    }

    @Override
    public Kernel kernel() {
        return Binary.DIV;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public boolean keepsInput(int i, IntPredicate needs) {
        return i == 1 || needs.test(1);
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor b = saved.input(1);
        Tensor da = dy.div(b);
        return Arrays.asList(
                saved.needs(0) ? Broadcasting.undo(da, saved.shape(0)) : null,
                saved.needs(1) // db = −a / b² · dy
                        ? Broadcasting.undo(da.mul(saved.input(0)).div(b), saved.shape(1)).neg()
                        : null);
    }
}
