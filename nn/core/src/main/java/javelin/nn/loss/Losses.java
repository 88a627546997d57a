package javelin.nn.loss;

import static javelin.tensor.ops.Relu.relu;

import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Exp;
import javelin.tensor.ops.LogSoftmax;
import javelin.tensor.ops.SoftmaxCrossEntropy;
import javelin.tensor.ops.Softplus;

import java.util.List;

/// Losses. Each is the mean over all elements (or examples) and so a number of shape `[]`;
/// prediction and target have the same shape unless said otherwise.
public final class Losses {
    private Losses() {}

    /// Cross entropy of softmax against class numbers, in nats, mean over the batch.
    ///
    /// @param logits `[b, K]`
    /// @param labels `[b]` integers in `0 … K−1`, or −1 for an example without a label, which
    ///   counts in the mean with a loss of 0
    public static Tensor crossEntropy(Tensor logits, Tensor labels) {
        return crossEntropy(logits, labels, 0);
    }

    /// Cross entropy with label smoothing `ε` in `[0, 1)`: targets `(1−ε)·[k = label] + ε/K`.
    ///
    /// @see "Szegedy et al., Rethinking the inception architecture, 2016, section 7"
    public static Tensor crossEntropy(Tensor logits, Tensor labels, double smoothing) {
        return SoftmaxCrossEntropy.softmaxCrossEntropy(logits, labels, smoothing).mean();
    }

    /// Binary cross entropy of `sigmoid(logits)` against targets in `0 … 1`, in nats: `ln(1 + eˣ) −
    /// t·x`, without overflow.
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
        same("binaryCrossEntropy", logits, targets);
        return Softplus.softplus(logits).sub(logits.mul(targets)).mean();
    }

    /// Mean absolute difference.
    public static Tensor l1(Tensor x, Tensor y) {
        same("l1", x, y);
        return x.sub(y).abs().mean();
    }

    /// Mean squared difference.
    public static Tensor mse(Tensor x, Tensor y) {
        same("mse", x, y);
        return x.sub(y).square().mean();
    }

    /// `√((x − y)² + ε²)`: an absolute difference that is smooth at 0.
    ///
    /// @param epsilon `ε`, above 0
    /// @see "Charbonnier et al., Two deterministic half-quadratic regularization algorithms, 1994"
    public static Tensor charbonnier(Tensor x, Tensor y, double epsilon) {
        same("charbonnier", x, y);
        if (!(epsilon > 0)) { // at 0 the root has no slope
            throw new IllegalArgumentException(
                    "charbonnier: epsilon must be above 0, got " + epsilon);
        }
        return x.sub(y).square().add(epsilon * epsilon).sqrt().mean();
    }

    /// `max(0, 1 − t·x)` for targets `t` of −1 or 1.
    public static Tensor hinge(Tensor scores, Tensor targets) {
        same("hinge", scores, targets);
        return relu(scores.mul(targets).rsub(1)).mean();
    }

    /// Kullback–Leibler divergence `Σ_k p·(ln p − ln q)` in nats, mean over the rows, where the
    /// innermost axis holds the logits of the distribution `p` and of its approximation `q`.
    public static Tensor kullbackLeibler(Tensor logitsP, Tensor logitsQ) {
        same("kullbackLeibler", logitsP, logitsQ);
        Tensor p = LogSoftmax.logSoftmax(logitsP);
        Tensor q = LogSoftmax.logSoftmax(logitsQ);
        return Exp.exp(p).mul(p.sub(q)).sum(-1).mean();
    }

    /// `1 − SSIM`; see [Ssim].
    ///
    /// @param range difference between the largest and the smallest possible value
    public static Tensor ssim(Tensor x, Tensor y, double range) {
        return Ssim.ssim(x, y, range).rsub(1);
    }

    static void same(String loss, Tensor x, Tensor y) {
        if (!x.shape().equals(y.shape())) {
            throw new ShapeException(
                    loss,
                    "prediction %s and target %s must have the same shape"
                            .formatted(x.shape(), y.shape()),
                    List.of(x.shape(), y.shape()));
        }
    }
}
