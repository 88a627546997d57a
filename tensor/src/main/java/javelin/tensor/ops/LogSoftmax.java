package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Natural logarithm of [Softmax], without loss for small values.
public record LogSoftmax() implements Op {
    /// Logarithm of the softmax of `x` along its innermost axis.
    ///
    /// @throws javelin.tensor.ShapeException if `x` is a scalar
    public static Tensor logSoftmax(Tensor x) {
        return Tensor.apply(new LogSoftmax(), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return Softmax.withInnermostAxis("logSoftmax", in);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.softmax.Softmax(true), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor probabilities = saved.output().exp();
        return List.of(dy.sub(probabilities.mul(Sum.sum(dy, true, -1))));
    }
}
