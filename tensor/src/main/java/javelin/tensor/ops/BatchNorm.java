package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.norm.BatchNormInput;
import javelin.kernels.norm.BatchNormSums;
import javelin.tensor.GradMode;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Normalisation of each channel by the moments of the same batch, for training.
///
/// `y = x̂ · gamma + beta`, `x̂ = (x − mean) / √(variance + ε)`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, c]` |
/// | `moments` | `[2, c]`: [Moments] of this very `x` |
/// | `gamma`, `beta` | `[c]` |
/// | result | `[…, c]` |
///
/// The gradient of `x` runs through the moments, which receive none themselves. It is computed by
/// kernels, unless it is to be differentiated again: then it is composed of other ops. With moments
/// that are constants, use [Normalize].
///
/// @param epsilon `ε`, added to the variance
/// @see "Ioffe and Szegedy, Batch Normalization, 2015, Algorithm 1"
public record BatchNorm(double epsilon) implements Op {
    /// Normalised `x`; see the class.
    ///
    /// @throws ShapeException if the numbers of channels differ
    public static Tensor batchNorm(
            Tensor x, Tensor moments, Tensor gamma, Tensor beta, double epsilon) {
        return Tensor.apply(new BatchNorm(epsilon), x, moments, gamma, beta);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return perChannel("batchNorm", in);
    }

    static Shape perChannel(String op, List<Shape> in) {
        Shape x = in.get(0);
        if (x.rank() < 1) {
            throw new ShapeException(op, "a scalar [] has no channels", in);
        }
        int c = x.dim(-1);
        boolean fits =
                in.get(1).equals(Shape.of(2, c))
                        && in.get(2).equals(Shape.of(c))
                        && in.get(3).equals(Shape.of(c));
        if (!fits) {
            throw new ShapeException(
                    op,
                    "input %s has %d channels: moments %s, gamma %s and beta %s must be [2, %d], [%d] and [%d]"
                            .formatted(x, c, in.get(1), in.get(2), in.get(3), c, c, c),
                    in);
        }
        return x;
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
        return GradMode.isOn() ? composedGradient(saved, dy) : fusedGradient(saved, dy);
    }

    private List<@Nullable Tensor> fusedGradient(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor moments = saved.input(1);
        Tensor sums = Tensor.apply(new Sums(epsilon), moments, x, dy);
        Tensor dx =
                saved.needs(0)
                        ? Tensor.apply(new Gradient(epsilon), x, dy, moments, sums, saved.input(2))
                        : null;
        return Arrays.asList(dx, null, row(sums, 0), row(sums, 1));
    }

    /// Row `i` of `[2, c]`.
    static Tensor row(Tensor table, int i) {
        return Slice.slice(table, 0, i, i + 1).reshape(table.dim(1));
    }

    /// The forward pass without kernels of its own: the oracle of the fused form.
    Tensor composed(Tensor x, Tensor gamma, Tensor beta) {
        return normalised(x).mul(gamma).add(beta);
    }

    private Tensor normalised(Tensor x) {
        int[] batch = batchAxes(x.shape());
        return x.sub(x.mean(batch)).mul(inverseDeviation(x, batch));
    }

    private Tensor inverseDeviation(Tensor x, int... batch) {
        return Rsqrt.rsqrt(Variance.variance(x, batch).add(epsilon));
    }

    /// The same in tensor ops: `dx = gamma / √(variance + ε) · (dy − dbeta/n − x̂ · dgamma/n)`.
    private List<@Nullable Tensor> composedGradient(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        int[] batch = batchAxes(x.shape());
        double n = (double) x.shape().size() / x.dim(-1);
        Tensor normalised = normalised(x);
        Tensor dgamma = dy.mul(normalised).sum(batch);
        Tensor dbeta = dy.sum(batch);
        Tensor dx = null;
        if (saved.needs(0)) {
            Tensor centred = dy.sub(dbeta.mul(1 / n)).sub(normalised.mul(dgamma.mul(1 / n)));
            dx = centred.mul(saved.input(2).mul(inverseDeviation(x, batch)));
        }
        return Arrays.asList(dx, null, dgamma, dbeta);
    }

    /// All axes but the innermost.
    static int[] batchAxes(Shape x) {
        return IntStream.range(0, x.rank() - 1).toArray();
    }

    /// The gradients of `gamma` and `beta` by their kernel, `[2, c]`, from `moments`, `x` and `dy`.
    record Sums(double epsilon) implements NoGradient {
        @Override
        public Shape shape(List<Shape> in) {
            return in.getFirst();
        }

        @Override
        public void forward(Backend on, List<View> in, View out) {
            List<View> operands = List.of(in.get(1), in.get(2), in.get(0));
            on.run(new BatchNormSums(epsilon), operands, out);
        }

        @Override
        public String name() {
            return "batchNormSums";
        }
    }

    /// The gradient of `x` by its kernel, where it is not to be differentiated again.
    record Gradient(double epsilon) implements NoGradient {
        @Override
        public Shape shape(List<Shape> in) {
            return in.getFirst();
        }

        @Override
        public void forward(Backend on, List<View> in, View out) {
            on.run(new BatchNormInput(epsilon), in, out);
        }

        @Override
        public String name() {
            return "batchNormInput";
        }
    }
}
