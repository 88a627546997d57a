package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Tensor;

/// Nearest integer, ties to even. No gradient flows through it.
public record Round() implements Elementwise, NoGradient {
    /// Round of `x`; see the class.
    public static Tensor round(Tensor x) {
        return Tensor.apply(new Round(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.ROUND;
    }
}
