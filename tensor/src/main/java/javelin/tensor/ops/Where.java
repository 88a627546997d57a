package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Ternary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// `a` where the condition is not 0, else `b`; all three shapes broadcast. The condition has no
/// gradient.
public record Where() implements Elementwise {
    /// `a` where `condition` holds, else `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        return Tensor.apply(new Where(), condition, a, b);
    }

    @Override
    public Kernel kernel() {
        return Ternary.WHERE;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public boolean keepsInput(int i, IntPredicate needs) {
        return i == 0;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor condition = saved.input(0);
        Tensor zero = Tensor.scalar(dy.backend(), 0);
        return Arrays.asList(
                null,
                saved.needs(1)
                        ? Broadcasting.undo(where(condition, dy, zero), saved.shape(1))
                        : null,
                saved.needs(2)
                        ? Broadcasting.undo(where(condition, zero, dy), saved.shape(2))
                        : null);
    }
}
