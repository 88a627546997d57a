package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = x · hardSigmoid(x)`, any shape. The derivative at the kinks is 0 at −3 and 1 at 3.
///
/// @see "Howard et al., Searching for MobileNetV3, 2019, Eq. of section 5.2"
public record HardSwish() implements Elementwise {
    /// HardSwish of `x`; see the class.
    public static Tensor hardSwish(Tensor x) {
        return Tensor.apply(new HardSwish(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.HARD_SWISH;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        return List.of(
                dy.mul(HardSigmoid.hardSigmoid(x).add(x.mul(HardSigmoid.inside(x)).mul(1.0 / 6))));
    }
}
