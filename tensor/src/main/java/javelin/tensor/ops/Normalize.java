package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// Normalisation of each channel by moments that are constants: batch norm at inference.
///
/// `y = (x − mean) / √(variance + ε) · gamma + beta`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, c]` |
/// | `moments` | `[2, c]`, row 0 the mean, row 1 the variance; no gradient |
/// | `gamma`, `beta` | `[c]` |
/// | result | `[…, c]` |
///
/// @param epsilon `ε`, added to the variance
/// @see "Ioffe and Szegedy, Batch Normalization, 2015, Algorithm 2"
public record Normalize(double epsilon) implements Op {
    /// Normalised `x`; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the numbers of channels differ
    public static Tensor normalize(
            Tensor x, Tensor moments, Tensor gamma, Tensor beta, double epsilon) {
        return Tensor.apply(new Normalize(epsilon), x, moments, gamma, beta);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return BatchNorm.perChannel("normalize", in);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.norm.BatchNorm(epsilon), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor moments = saved.input(1);
        int[] batch = BatchNorm.batchAxes(x.shape());
        Tensor scale = Rsqrt.rsqrt(BatchNorm.row(moments, 1).add(epsilon));
        return Arrays.asList(
                saved.needs(0) ? dy.mul(scale.mul(saved.input(2))) : null,
                null,
                saved.needs(2)
                        ? dy.mul(x.sub(BatchNorm.row(moments, 0)).mul(scale)).sum(batch)
                        : null,
                saved.needs(3) ? dy.sum(batch) : null);
    }
}
