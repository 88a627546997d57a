package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// Sums at given places along one axis, the adjoint of [Gather]: zeros, then `y[a…, index[i…], b…]
/// += x[a…, i…, b…]`.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[a…, i…, b…]` |
/// | `index` | `[i…]`, integers in `0 … size−1` |
/// | result | `[a…, size, b…]` |
///
/// @param axis the axis of the result that `index` points into, counted from the front
/// @param size its size
public record ScatterAdd(int axis, int size) implements Op {
    /// Elements of `x` added up at `index` along `axis`; see the class.
    ///
    /// @param axis counted from the front; the axes of `index` start there in `x`
    /// @throws ShapeException if `x` does not have the axes of `index` there
    /// @throws IllegalArgumentException if `index` does not hold integers
    public static Tensor scatterAdd(Tensor x, int axis, Tensor index, int size) {
        return Tensor.apply(new ScatterAdd(axis, size), x, index);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        Shape index = in.get(1);
        int end = axis + index.rank();
        if (axis < 0 || end > x.rank() || !x.range(axis, end).equals(index)) {
            throw new ShapeException(
                    "scatterAdd",
                    "index %s must be the axes of the input %s from axis %d on"
                            .formatted(index, x, axis),
                    in);
        }
        return Gather.replaced(x, axis, index.rank(), Shape.of(size));
    }

    @Override
    public DType type(List<DType> in) {
        return Gather.indexed("scatterAdd", "index", in);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.index.ScatterAdd(axis), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public boolean keepsInput(int i, IntPredicate needs) {
        return i == 1;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return Arrays.asList(Gather.gather(dy, axis, saved.input(1)), null);
    }
}
