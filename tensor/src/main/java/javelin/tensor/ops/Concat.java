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

import java.util.ArrayList;
import java.util.List;

/// Tensors one behind the other along an axis; all other sizes are equal.
///
/// @param axis joined axis, counted from the front
public record Concat(int axis) implements Op {
    /// The tensors joined along `axis`; negative axes count from the end.
    ///
    /// @throws ShapeException if other sizes differ
    public static Tensor concat(int axis, Tensor... parts) {
        return concat(axis, List.of(parts));
    }

    /// As [#concat(int, Tensor...)].
    public static Tensor concat(int axis, List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new ShapeException("concat", "nothing to join", List.of());
        }
        int a = Axes.resolve("concat", parts.getFirst().shape(), axis);
        return Tensor.apply(new Concat(a), parts);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape first = in.getFirst();
        int sum = 0;
        for (Shape x : in) {
            if (x.rank() != first.rank() || !x.with(axis, 0).equals(first.with(axis, 0))) {
                throw new ShapeException(
                        "concat",
                        "shapes %s and %s differ on another axis than %d".formatted(first, x, axis),
                        in);
            }
            sum = Math.addExact(sum, x.dim(axis));
        }
        return first.with(axis, sum);
    }

    @Override
    public DType type(List<DType> in) {
        if (in.stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "concat: element types differ, %s; convert with Cast.cast(x, type)"
                            .formatted(in));
        }
        return in.getFirst();
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.Concat(axis), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.NOTHING;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        List<@Nullable Tensor> dx = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < saved.count(); i++) {
            int to = from + saved.shape(i).dim(axis);
            dx.add(saved.needs(i) ? Slice.slice(dy, axis, from, to) : null);
            from = to;
        }
        return dx;
    }
}
