package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.matmul.Epilogue;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Affine map of the innermost axis, `y = x W + b`; the bias is added by the product's kernel.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, in]` |
/// | `w` | `[in, out]` |
/// | `b` | `[out]`, or absent |
/// | result | `[…, out]` |
///
/// @param bias whether there is a third input, the bias
public record Linear(boolean bias) implements Product {
    /// `x W + b`; see the class.
    ///
    /// @throws ShapeException if the sizes do not fit
    public static Tensor linear(Tensor x, Tensor w, @Nullable Tensor b) {
        return b == null
                ? Tensor.apply(new Linear(false), x, w)
                : Tensor.apply(new Linear(true), x, w, b);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        Shape w = in.get(1);
        if (w.rank() != 2) {
            throw new ShapeException(
                    "linear", "weight %s is not a matrix [in, out]".formatted(w), in);
        }
        if (x.rank() < 1 || x.dim(-1) != w.dim(0)) {
            boolean fits = x.rank() > 0 && x.dim(-1) == w.dim(1);
            throw new ShapeException(
                    "linear",
                    "input %s does not end in the %d features that weight %s [in, out] expects%s"
                            .formatted(x, w.dim(0), w, fits ? "; did you mean weight.t()?" : ""),
                    in);
        }
        if (bias) {
            Conv2d.checkBias("linear", in.get(2), w.dim(1), in);
        }
        return x.with(-1, w.dim(1));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        var kernel =
                new javelin.kernels.matmul.Matmul(
                        false, false, bias ? Epilogue.BIAS : Epilogue.NONE);
        View x = in.get(0);
        View rows = x.reshape(Matmul.rows(x.shape()));
        on.run(
                kernel,
                bias ? List.of(rows, in.get(1), in.get(2)) : List.of(rows, in.get(1)),
                out.reshape(Matmul.rows(out.shape())));
    }

    @Override
    public Tensor left(Saved saved, Tensor dy) {
        return Matmul.matmul(rows(dy), saved.input(1), false, true).reshape(saved.shape(0).dims());
    }

    @Override
    public Tensor right(Saved saved, Tensor dy) {
        return Matmul.matmul(rows(saved.input(0)), rows(dy), true, false);
    }

    private static Tensor rows(Tensor x) {
        return x.shape().rank() == 2 ? x : x.reshape(Matmul.rows(x.shape()).dims());
    }

    @Override
    public long macs(List<Shape> in, Shape y) {
        return Math.multiplyExact(y.size(), (long) in.getFirst().dim(-1));
    }
}
