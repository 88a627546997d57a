package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y[i] = eˣⁱ / Σ_j eˣʲ` over the innermost axis, any shape; the results are positive and sum to
/// 1.
public record Softmax() implements Op {
    /// Softmax of `x` along its innermost axis; see the class.
    ///
    /// @throws ShapeException if `x` is a scalar
    public static Tensor softmax(Tensor x) {
        return Tensor.apply(new Softmax(), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return withInnermostAxis("softmax", in);
    }

    static Shape withInnermostAxis(String op, List<Shape> in) {
        if (in.getFirst().rank() == 0) {
            throw new ShapeException(op, "a scalar [] has no innermost axis", in);
        }
        return in.getFirst();
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.softmax.Softmax(false), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor y = saved.output();
        Tensor dot = Sum.sum(dy.mul(y), true, -1);
        return List.of(y.mul(dy.sub(dot))); // dx = y (dy − ⟨dy, y⟩)
    }
}
