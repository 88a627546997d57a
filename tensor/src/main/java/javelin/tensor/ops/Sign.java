package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Tensor;

/// Sign of each element: −1, 0 or 1; NaN for NaN. No gradient flows through it.
public record Sign() implements Elementwise, NoGradient {
    /// Sign of `x`; see the class.
    public static Tensor sign(Tensor x) {
        return Tensor.apply(new Sign(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SIGN;
    }
}
