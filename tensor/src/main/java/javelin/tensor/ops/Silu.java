package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = x · sigmoid(x)`, any shape; also called swish.
///
/// @see "Elfwing, Uchibe and Doya, Sigmoid-weighted linear units, 2018"
public record Silu() implements Elementwise {
    /// Silu of `x`; see the class.
    public static Tensor silu(Tensor x) {
        return Tensor.apply(new Silu(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.SILU;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor s = Sigmoid.sigmoid(x);
        return List.of(dy.mul(s).mul(x.mul(s.rsub(1)).add(1))); // dx = s (1 + x (1 − s)) dy
    }
}
