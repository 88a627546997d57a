package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// The smaller of `a` and `b`, element by element; NaN if either is; shapes broadcast. Where both
/// are equal each receives half of the gradient.
public record Minimum() implements Elementwise {
    /// Smaller of `a` and `b`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor minimum(Tensor a, Tensor b) {
        return Tensor.apply(new Minimum(), a, b);
    }

    @Override
    public Kernel kernel() {
        return Binary.MIN;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor a = saved.input(0);
        Tensor b = saved.input(1);
        Tensor share = Compare.less(a, b).add(Compare.equal(a, b).mul(0.5)); // 1, ½ or 0 for a
        return Arrays.asList(
                saved.needs(0) ? Broadcasting.undo(dy.mul(share), saved.shape(0)) : null,
                saved.needs(1) ? Broadcasting.undo(dy.mul(share.rsub(1)), saved.shape(1)) : null);
    }
}
