package javelin.tensor.ops;

import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// An op that is bilinear in its first two inputs, and may add a third one, a bias along the
/// innermost axis. An input is kept only if the other one needs a gradient.
public interface Product extends Op {
    /// Cotangent of the first input.
    Tensor left(Saved saved, Tensor dy);

    /// Cotangent of the second input.
    Tensor right(Saved saved, Tensor dy);

    @Override
    default Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    default boolean keepsInput(int i, IntPredicate needs) {
        return i < 2 && needs.test(1 - i);
    }

    @Override
    default List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        List<@Nullable Tensor> dx = new ArrayList<>();
        dx.add(saved.needs(0) ? left(saved, dy) : null);
        dx.add(saved.needs(1) ? right(saved, dy) : null);
        if (saved.count() == 3) {
            dx.add(saved.needs(2) ? Broadcasting.undo(dy, saved.shape(2)) : null);
        }
        return dx;
    }
}
