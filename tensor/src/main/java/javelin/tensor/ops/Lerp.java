package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Ternary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// `y = a + t · (b − a)`: from `a` at `t = 0` to `b` at `t = 1`; all three shapes broadcast.
public record Lerp() implements Elementwise {
    /// Mixture of `a` and `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor lerp(Tensor a, Tensor b, Tensor t) {
        return Tensor.apply(new Lerp(), a, b, t);
    }

    @Override
    public Kernel kernel() {
        return Ternary.LERP;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public boolean keepsInput(int i, IntPredicate needs) {
        return i == 2 ? needs.test(0) || needs.test(1) : needs.test(2);
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return Arrays.asList(
                saved.needs(0)
                        ? Broadcasting.undo(dy.mul(saved.input(2).rsub(1)), saved.shape(0))
                        : null,
                saved.needs(1) ? Broadcasting.undo(dy.mul(saved.input(2)), saved.shape(1)) : null,
                saved.needs(2)
                        ? Broadcasting.undo(
                                dy.mul(saved.input(1).sub(saved.input(0))), saved.shape(2))
                        : null);
    }
}
