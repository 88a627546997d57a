package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/// Every `step[i]`-th element from `start[i]` on, before `end[i]`, along each axis `i`: `y[…, j, …]
/// = x[…, start + j·step, …]`. Copies. Its adjoint is [SliceInput].
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, d, …]` |
/// | result | `[…, ⌈(end − start)/step⌉, …]` |
///
/// @param start first position per axis
/// @param end position after the last one per axis
/// @param step distance of positions per axis, at least 1
public record Slice(List<Integer> start, List<Integer> end, List<Integer> step)
        implements LinearMap {
    /// Copies the lists.
    public Slice {
        start = List.copyOf(start);
        end = List.copyOf(end);
        step = List.copyOf(step);
    }

    /// The box of `x` from `start` to before `end`; see the class.
    ///
    /// @throws ShapeException if the box does not lie inside `x`
    public static Tensor slice(Tensor x, int[] start, int[] end) {
        int[] step = new int[start.length];
        Arrays.fill(step, 1);
        return slice(x, start, end, step);
    }

    /// Every `step`-th element of the box of `x` from `start` to before `end`; see the class.
    ///
    /// @throws ShapeException if the box does not lie inside `x`, or a step is not positive
    public static Tensor slice(Tensor x, int[] start, int[] end, int[] step) {
        return Tensor.apply(new Slice(Axes.list(start), Axes.list(end), Axes.list(step)), x);
    }

    /// Positions `from` to before `to` along one axis; negative axes count from the end.
    ///
    /// @throws ShapeException if they do not lie inside `x`
    public static Tensor slice(Tensor x, int axis, int from, int to) {
        int a = Axes.resolve("slice", x.shape(), axis);
        int[] start = new int[x.shape().rank()];
        int[] end = x.shape().dims();
        start[a] = from;
        end[a] = to;
        return slice(x, start, end);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        if (start.size() != x.rank() || end.size() != x.rank() || step.size() != x.rank()) {
            throw new ShapeException(
                    "slice",
                    "start %s, end %s and step %s must have one number per axis of %s"
                            .formatted(start, end, step, x),
                    in);
        }
        int[] dims = new int[x.rank()];
        for (int i = 0; i < dims.length; i++) {
            int from = start.get(i);
            int to = end.get(i);
            if (from < 0 || to < from || to > x.dim(i) || step.get(i) < 1) {
                throw new ShapeException(
                        "slice",
                        "%d to %d in steps of %d does not lie in 0 … %d on axis %d (input %s)"
                                .formatted(from, to, step.get(i), x.dim(i), i, x),
                        in);
            }
            dims[i] = Math.ceilDiv(to - from, step.get(i));
        }
        return Shape.of(dims);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.Slice(start, step), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(new SliceInput(start, end, step, x), dy);
    }
}
