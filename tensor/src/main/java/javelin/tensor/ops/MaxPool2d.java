package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.pool.Windows;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Largest pixel of each window, per channel. Padding never wins; NaN wins always.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | result | `[n, oh, ow, c]` |
///
/// The gradient goes to the first of equal pixels: [ScatterAdd] at the positions that
/// [ArgMaxPool2d] finds, whose own gradient is a [Gather].
///
/// @param windows which pixels each result looks at
public record MaxPool2d(Windows windows) implements Op {
    /// Max pooling of `x`; see the class.
    ///
    /// @throws ShapeException if `x` has not four axes or no window fits
    public static Tensor maxPool2d(Tensor x, Windows windows) {
        return Tensor.apply(new MaxPool2d(windows), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return pooled("maxPool2d", windows, in);
    }

    static Shape pooled(String op, Windows windows, List<Shape> in) {
        Shape x = in.getFirst();
        if (x.rank() != 4) {
            throw new ShapeException(
                    op, "input %s must have four axes, [n, h, w, c]".formatted(x), in);
        }
        int oh = windows.outH(x.dim(1));
        int ow = windows.outW(x.dim(2));
        if (oh < 1 || ow < 1 || x.dim(1) == 0 || x.dim(2) == 0) {
            throw new ShapeException(
                    op, "no window fits the image (input %s, %s)".formatted(x, windows), in);
        }
        return Shape.of(x.dim(0), oh, ow, x.dim(3));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.pool.MaxPool2d(windows), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Shape x = saved.shape(0);
        int results = dy.shape().length();
        Tensor positions = ArgMaxPool2d.argMaxPool2d(saved.input(0), windows).reshape(results);
        Tensor flat = ScatterAdd.scatterAdd(dy.reshape(results), 0, positions, x.length());
        return List.of(flat.reshape(x.dims()));
    }
}
