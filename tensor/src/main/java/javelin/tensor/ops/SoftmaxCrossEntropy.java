package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.softmax.SoftmaxCrossEntropyInput;
import javelin.tensor.GradMode;
import javelin.tensor.Op;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// Cross entropy of softmax against class numbers, in nats.
///
/// `y[b] = −Σ_k t[b,k] · log softmax(x[b])[k]`, `t[b,k] = (1−ε)·[k = label[b]] + ε/K`
///
/// | operand | shape |
/// |---|---|
/// | `logits` | `[b, K]` |
/// | `labels` | `[b]`, integers in `0 … K−1`, or −1 for no loss |
/// | result | `[b]` |
///
/// The gradient is computed by a kernel, unless it is to be differentiated again: then it is
/// [#composedGradient composed] of other ops.
///
/// @param smoothing label smoothing `ε` in `[0, 1)`
/// @see "Szegedy et al., Rethinking the inception architecture for computer vision, 2016, section
///   7"
public record SoftmaxCrossEntropy(double smoothing) implements Op {
    /// Checks the smoothing.
    ///
    /// @throws IllegalArgumentException if it is not in `[0, 1)`
    public SoftmaxCrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "softmaxCrossEntropy: smoothing must be in [0, 1), got " + smoothing);
        }
    }

    /// Loss of each row of `logits`; see the class.
    ///
    /// @throws ShapeException if there is not one label per row
    public static Tensor softmaxCrossEntropy(Tensor logits, Tensor labels, double smoothing) {
        return Tensor.apply(new SoftmaxCrossEntropy(smoothing), logits, labels);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        Shape labels = in.get(1);
        if (x.rank() != 2 || labels.rank() != 1 || labels.dim(0) != x.dim(0)) {
            throw new ShapeException(
                    "softmaxCrossEntropy",
                    "logits %s and labels %s must be [b, K] and [b]".formatted(x, labels),
                    in);
        }
        return labels;
    }

    @Override
    public DType type(List<DType> in) {
        return Gather.indexed("softmaxCrossEntropy", "labels", in);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.softmax.SoftmaxCrossEntropy(smoothing), in, out);
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor labels = saved.input(1);
        Tensor dx =
                GradMode.isOn()
                        ? composedGradient(x, labels, dy)
                        : Tensor.apply(new Gradient(smoothing), x, labels, dy);
        return Arrays.asList(dx, null);
    }

    /// The loss without a kernel of its own: the oracle of the fused form.
    Tensor composed(Tensor x, Tensor labels) {
        return LogSoftmax.logSoftmax(x).mul(targets(x, labels)).sum(1).neg();
    }

    /// `dx[b,k] = dy[b] · (softmax(x[b])[k] · Σ_j t[b,j] − t[b,k])`.
    Tensor composedGradient(Tensor x, Tensor labels, Tensor dy) {
        Tensor t = targets(x, labels);
        Tensor difference = Softmax.softmax(x).mul(Sum.sum(t, true, 1)).sub(t);
        return difference.mul(dy.reshape(x.dim(0), 1));
    }

    /// `t`; zeros where the label is −1.
    private Tensor targets(Tensor x, Tensor labels) {
        int classes = x.dim(1);
        Tensor isLabelled = Compare.greaterEqual(labels, Tensor.scalar(x.backend(), 0));
        return OneHot.oneHot(labels, classes)
                .mul(1 - smoothing)
                .add(isLabelled.mul(smoothing / classes).reshape(x.dim(0), 1));
    }

    /// The gradient by its kernel, `[b, K]`, where it is not to be differentiated again.
    record Gradient(double smoothing) implements NoGradient {
        @Override
        public Shape shape(List<Shape> in) {
            return in.getFirst();
        }

        @Override
        public void forward(Backend on, List<View> in, View out) {
            on.run(new SoftmaxCrossEntropyInput(smoothing), in, out);
        }

        @Override
        public String name() {
            return "softmaxCrossEntropyInput";
        }
    }
}
