package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

/// `y = a · b`, element by element; shapes broadcast.
public record Mul() implements Elementwise, Product {
    /// Product of `a` and `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor mul(Tensor a, Tensor b) {
        return Tensor.apply(new Mul(), a, b);
    }

    @Override
    public Kernel kernel() {
        return Binary.MUL;
    }

    @Override
    public Tensor left(Saved saved, Tensor dy) {
        return Broadcasting.undo(dy.mul(saved.input(1)), saved.shape(0));
    }

    @Override
    public Tensor right(Saved saved, Tensor dy) {
        return Broadcasting.undo(dy.mul(saved.input(0)), saved.shape(1));
    }
}
