package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Tensor;

/// Largest integer not above each element. No gradient flows through it.
public record Floor() implements Elementwise, NoGradient {
    /// Floor of `x`; see the class.
    public static Tensor floor(Tensor x) {
        return Tensor.apply(new Floor(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.FLOOR;
    }
}
