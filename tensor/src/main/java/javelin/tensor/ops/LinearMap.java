package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// An op that is linear in its only input: `y = A x`. Its gradient needs no values.
public interface LinearMap extends Op {
    /// `Aᵀ dy`, of shape `x`.
    Tensor adjoint(Shape x, Tensor dy);

    @Override
    default Keep keep() {
        return Keep.NOTHING;
    }

    @Override
    default List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(adjoint(saved.shape(0), dy));
    }
}
