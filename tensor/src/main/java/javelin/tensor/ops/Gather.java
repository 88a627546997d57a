package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/// Selection along one axis: `y[a…, i…, b…] = x[a…, index[i…], b…]`. Its adjoint is [ScatterAdd].
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[a…, size, b…]` |
/// | `index` | `[i…]`, integers in `0 … size−1` |
/// | result | `[a…, i…, b…]` |
///
/// An embedding is a gather along axis 0 of its table.
///
/// @param axis the axis that `index` replaces, counted from the front
public record Gather(int axis) implements Op {
    /// Elements of `x` at `index` along `axis`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if there is no such axis
    /// @throws IllegalArgumentException if `index` does not hold integers
    public static Tensor gather(Tensor x, int axis, Tensor index) {
        return Tensor.apply(new Gather(Axes.resolve("gather", x.shape(), axis)), x, index);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        int a = Axes.resolve("gather", x, axis);
        return replaced(x, a, 1, in.get(1));
    }

    /// `x` with `count` axes from `axis` on replaced by others.
    static Shape replaced(Shape x, int axis, int count, Shape others) {
        return x.range(0, axis)
                .append(others.dims())
                .append(x.range(axis + count, x.rank()).dims());
    }

    @Override
    public DType type(List<DType> in) {
        return indexed("gather", "index", in);
    }

    /// Type of the first input, if the second one holds integers.
    static DType indexed(String op, String name, List<DType> in) {
        if (in.get(1) != DType.I32) {
            throw new IllegalArgumentException(
                    "%s: %s must hold integers (I32), not %s; make it with Tensor.of(int[], …)"
                            .formatted(op, name, in.get(1)));
        }
        return in.get(0);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.index.Gather(axis), in, out);
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
        int size = saved.shape(0).dim(axis);
        return Arrays.asList(ScatterAdd.scatterAdd(dy, axis, saved.input(1), size), null);
    }
}
