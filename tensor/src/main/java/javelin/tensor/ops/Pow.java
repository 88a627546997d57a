package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// `y = aᵇ` as in [Math#pow]; shapes broadcast.
///
/// The gradient of `a` is 0 where `b` is 0, also at `a = 0`. The gradient of `b` is taken as 0
/// where `a` is 0, and is NaN where `a` is negative.
public record Pow() implements Elementwise {
    /// `a` to the power of `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor pow(Tensor a, Tensor b) {
        return Tensor.apply(new Pow(), a, b);
    }

    @Override
    public Kernel kernel() {
        return Binary.POW;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor a = saved.input(0);
        Tensor b = saved.input(1);
        return Arrays.asList(
                saved.needs(0) ? Broadcasting.undo(dy.mul(base(a, b)), saved.shape(0)) : null,
                saved.needs(1) ? Broadcasting.undo(dy.mul(exponent(a, b)), saved.shape(1)) : null);
    }

    /// `b · a^(b−1)`; where `b` is 0 the power is replaced by `a⁰`, so that 0 · ∞ cannot arise.
    private static Tensor base(Tensor a, Tensor b) {
        Tensor zero = Tensor.scalar(b.backend(), 0);
        return b.mul(pow(a, Where.where(Compare.equal(b, zero), zero, b.sub(1))));
    }

    /// `aᵇ · ln a`; where `a` is 0 the logarithm is replaced by 0.
    private static Tensor exponent(Tensor a, Tensor b) {
        Tensor isZero = Compare.equal(a, Tensor.scalar(a.backend(), 0));
        Tensor one = Tensor.scalar(a.backend(), 1);
        return pow(a, b).mul(Where.where(isZero, one, a).log());
    }
}
