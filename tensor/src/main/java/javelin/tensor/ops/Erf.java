package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Gauss error function `y = 2/√π · ∫₀ˣ e^(−t²) dt`, any shape.
public record Erf() implements Elementwise {
    /// Erf of `x`; see the class.
    public static Tensor erf(Tensor x) {
        return Tensor.apply(new Erf(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.ERF;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        return List.of(dy.mul(saved.input(0).square().neg().exp()).mul(2 / Math.sqrt(Math.PI)));
    }
}
