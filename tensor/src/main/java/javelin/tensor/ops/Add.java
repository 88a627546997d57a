package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// `y = a + b`; shapes broadcast.
public record Add() implements Elementwise {
    /// Sum of `a` and `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor add(Tensor a, Tensor b) {
        return Tensor.apply(new Add(), a, b);
    }

    @Override
    public Kernel kernel() {
        return Binary.ADD;
    }

    @Override
    public Keep keep() {
        return Keep.NOTHING;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return Arrays.asList(
                saved.needs(0) ? Broadcasting.undo(dy, saved.shape(0)) : null,
                saved.needs(1) ? Broadcasting.undo(dy, saved.shape(1)) : null);
    }
}
