package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = 1 / x`, any shape.
public record Reciprocal() implements Elementwise {
    /// Reciprocal of `x`; see the class.
    public static Tensor reciprocal(Tensor x) {
        return Tensor.apply(new Reciprocal(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.RECIPROCAL;
    }

    @Override
    public Keep keep() {
        return Keep.OUTPUT;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(saved.output().square()).neg()); // dx = −y² dy
    }
}
