package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;

/// Matrix product over the last two axes, `y[b] = A[b] · B[b]`; the axes in front are batches and
/// broadcast.
///
/// | operand | shape | if transposed |
/// |---|---|---|
/// | `a` | `[b…, m, k]` | `[b…, k, m]` |
/// | `b` | `[b…, k, n]` | `[b…, n, k]` |
/// | result | `[b…, m, n]` | |
///
/// Costs `b · m · k · n` multiply–accumulate operations.
///
/// @param transposeA whether `a` holds its matrices transposed
/// @param transposeB whether `b` holds its matrices transposed
public record Matmul(boolean transposeA, boolean transposeB) implements Product {
    /// Product of `a` and `b`; see the class.
    ///
    /// @throws ShapeException if an operand is not a matrix or the inner dimensions differ
    public static Tensor matmul(Tensor a, Tensor b) {
        return matmul(a, b, false, false);
    }

    /// Product of `a` and `b`, each of which may be held transposed; see the class.
    ///
    /// @throws ShapeException if an operand is not a matrix or the inner dimensions differ
    public static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
        var op = new Matmul(transposeA, transposeB);
        List<Tensor> operands = new ArrayList<>(List.of(a, b));
        Shape result = op.shape(List.of(a.shape(), b.shape()));
        operands.replaceAll(x -> wholeBatch(x, result));
        return Tensor.apply(op, operands);
    }

    /// The kernel knows the whole batch or a single matrix: anything between is copied.
    private static Tensor wholeBatch(Tensor x, Shape result) {
        Shape s = x.shape();
        if (batch(s) == 1 || batch(s) == batch(result)) {
            return x;
        }
        Shape full = result.with(-2, s.dim(-2)).with(-1, s.dim(-1));
        return BroadcastTo.broadcastTo(x, full);
    }

    private static int batch(Shape s) {
        return s.product(0, s.rank() - 2);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape a = in.get(0);
        Shape b = in.get(1);
        if (a.rank() < 2 || b.rank() < 2) {
            throw new ShapeException(
                    "matmul",
                    "both operands need at least two axes, got left %s and right %s; reshape a vector to"
                                    .formatted(a, b)
                            + " one row or one column",
                    in);
        }
        int left = a.dim(transposeA ? -2 : -1);
        int right = b.dim(transposeB ? -1 : -2);
        if (left != right) {
            boolean fits = left == b.dim(transposeB ? -2 : -1);
            throw new ShapeException(
                    "matmul",
                    "inner dimensions differ, %d and %d (left %s%s, right %s%s)%s"
                            .formatted(
                                    left,
                                    right,
                                    a,
                                    transposeA ? " transposed" : "",
                                    b,
                                    transposeB ? " transposed" : "",
                                    fits ? "; did you mean right.t()?" : ""),
                    in);
        }
        List<Shape> batches = List.of(a.range(0, a.rank() - 2), b.range(0, b.rank() - 2));
        return Broadcasting.common("matmul: batch", batches)
                .append(a.dim(transposeA ? -1 : -2), b.dim(transposeB ? -2 : -1));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        View a = in.get(0);
        View b = in.get(1);
        var kernel = new javelin.kernels.matmul.Matmul(transposeA, transposeB);
        if (batch(b.shape()) == 1 && !transposeA && a.shape().rank() > 2) { // one tall matrix
            Shape matrix = b.shape().range(b.shape().rank() - 2, b.shape().rank());
            on.run(
                    kernel,
                    List.of(a.reshape(rows(a.shape())), b.reshape(matrix)),
                    out.reshape(rows(out.shape())));
        } else {
            on.run(kernel, in, out);
        }
    }

    /// `[…, d]` as the rows of one matrix.
    static Shape rows(Shape s) {
        return Shape.of(s.product(0, s.rank() - 1), s.dim(-1));
    }

    @Override
    public Tensor left(Saved saved, Tensor dy) {
        Tensor b = saved.input(1);
        Tensor da =
                transposeA ? matmul(b, dy, transposeB, true) : matmul(dy, b, false, !transposeB);
        return Broadcasting.undo(da, saved.shape(0));
    }

    @Override
    public Tensor right(Saved saved, Tensor dy) {
        Tensor a = saved.input(0);
        Shape b = saved.shape(1);
        if (batch(b) == 1 && !transposeA && a.shape().rank() > 2) { // sum over the batch in one go
            Tensor db =
                    product(a.reshape(rows(a.shape()).dims()), dy.reshape(rows(dy.shape()).dims()));
            return db.reshape(b.dims());
        }
        return Broadcasting.undo(product(a, dy), b);
    }

    private Tensor product(Tensor a, Tensor dy) {
        return transposeB ? matmul(dy, a, true, transposeA) : matmul(a, dy, !transposeA, false);
    }

    @Override
    public long macs(List<Shape> in, Shape y) {
        return Math.multiplyExact(y.size(), (long) in.getFirst().dim(transposeA ? -2 : -1));
    }
}
