package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Tensor;

/// `y = −x`, any shape.
public record Neg() implements Elementwise, LinearMap {
    /// Negative of `x`; see the class.
    public static Tensor neg(Tensor x) {
        return Tensor.apply(new Neg(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.NEG;
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return dy.neg();
    }
}
