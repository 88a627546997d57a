package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Unary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `y = x · Φ(x)` with the normal distribution function `Φ` (the exact form), any shape.
///
/// @see "Hendrycks and Gimpel, Gaussian error linear units, 2016"
public record Gelu() implements Elementwise {
    /// Gelu of `x`; see the class.
    public static Tensor gelu(Tensor x) {
        return Tensor.apply(new Gelu(), x);
    }

    @Override
    public Kernel kernel() {
        return Unary.GELU;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor cdf = Erf.erf(x.mul(Math.sqrt(0.5))).add(1).mul(0.5);
        Tensor density = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
        return List.of(dy.mul(cdf.add(x.mul(density)))); // dx = (Φ(x) + x φ(x)) dy
    }
}
