package javelin.algorithms.dcp;

import static javelin.tensor.ops.Relu.relu;

import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Linear;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

/// An additional classifier in the middle of a network, whose cross entropy is the
/// discrimination-aware loss `L_S^p` of Eq. (5): `softmax(θᵀ F)` of
///
/// `F = AvgPool(ReLU(BN(O)))`, Eq. (4).
///
/// | operand | shape |
/// |---|---|
/// | `O` | `[b, h, w, c]`, or `[b, c]` where the network has flattened its images |
/// | result (logits) | `[b, classes]` |
public final class LossHead extends Module {
    private final BatchNorm norm;
    private final Linear classifier;

    /// Head on maps of that many channels.
    public LossHead(int channels, int classes, Rng rng) {
        norm = child("norm", new BatchNorm(channels));
        classifier = child("classifier", new Linear(channels, classes, rng));
    }

    @Override
    public Tensor forward(Tensor o) {
        Tensor y = relu(norm.forward(o));
        return classifier.forward(y.shape().rank() == 4 ? y.mean(1, 2) : y); // Eq. (4), (5)
    }
}
