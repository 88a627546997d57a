package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The rule by which shapes are stretched to one, and the way back for gradients.
///
/// Shapes are aligned at the innermost axis; on each axis the sizes are equal, or one of them is 1
/// or missing.
public final class Broadcasting {
    private Broadcasting() {}

    /// The shape that all `shapes` broadcast to.
    ///
    /// @throws ShapeException if there is none, in the name of `op`
    public static Shape common(String op, List<Shape> shapes) {
        Shape result = shapes.getFirst();
        for (Shape next : shapes.subList(1, shapes.size())) {
            result = common(op, result, next, shapes);
        }
        return result;
    }

    private static Shape common(String op, Shape a, Shape b, List<Shape> all) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int back = 1; back <= rank; back++) {
            int da = back <= a.rank() ? a.dim(-back) : 1;
            int db = back <= b.rank() ? b.dim(-back) : 1;
            if (da != db && da != 1 && db != 1) {
                throw new ShapeException(
                        op,
                        "shapes %s and %s do not broadcast: %d and %d on axis %d, and neither is 1"
                                .formatted(a, b, da, db, -back),
                        all);
            }
            dims[rank - back] = da == 1 ? db : da;
        }
        return Shape.of(dims);
    }

    /// Sum of `dy` over the axes along which `shape` was stretched: the cotangent of an input of
    /// that shape. The only place where broadcasting is undone.
    public static Tensor undo(Tensor dy, Shape shape) {
        Shape from = dy.shape();
        if (from.equals(shape)) {
            return dy;
        }
        int lead = from.rank() - shape.rank();
        int[] stretched =
                IntStream.range(0, from.rank())
                        .filter(i -> i < lead || shape.dim(i - lead) != from.dim(i))
                        .toArray();
        Tensor sum = stretched.length == 0 ? dy : Sum.sum(dy, true, stretched);
        return sum.shape().equals(shape) ? sum : sum.reshape(shape.dims());
    }

    /// Inserted axes of size 1 in front, so that `shape` has `rank` axes.
    static Shape lifted(Shape shape, int rank) {
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        System.arraycopy(shape.dims(), 0, dims, rank - shape.rank(), shape.rank());
        return Shape.of(dims);
    }
}
