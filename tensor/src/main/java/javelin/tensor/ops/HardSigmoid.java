package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = min(max(x/6 + 1/2, 0), 1)`, any shape. The derivative at the kinks −3 and 3 is taken as 0.
public record HardSigmoid() implements Elementwise {
    /// HardSigmoid of `x`; see the class.
    public static Tensor hardSigmoid(Tensor x) {
        return Tensor.apply(new HardSigmoid(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.HARD_SIGMOID;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(inside(saved.input(0)).mul(1.0 / 6)));
    }

    /// 1 where the function is not constant, else 0.
    static Tensor inside(Tensor x) {
        return Compare.less(x.abs(), Tensor.scalar(x.backend(), 3));
    }
}
