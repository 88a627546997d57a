package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Tensor;

/// Smallest integer not below each element. No gradient flows through it.
public record Ceil() implements Elementwise, NoGradient {
    /// Ceil of `x`; see the class.
    public static Tensor ceil(Tensor x) {
        return Tensor.apply(new Ceil(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.CEIL;
    }
}
