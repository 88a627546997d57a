package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// `b` where `a` is positive, else 0: the gradient of ReLU. Linear in `b`; `a` has no gradient.
/// Shapes broadcast.
public record Gate() implements Elementwise {
    /// `b` where `a > 0`, else 0; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor gate(Tensor a, Tensor b) {
        return Tensor.apply(new Gate(), a, b);
    }

    @Override
    public Kernel kernel() {
        return Binary.GATE;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public boolean keepsInput(int i, IntPredicate needs) {
        return i == 0 && needs.test(1);
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return Arrays.asList(
                null,
                saved.needs(1)
                        ? Broadcasting.undo(gate(saved.input(0), dy), saved.shape(1))
                        : null);
    }
}
