package javelin.algorithms.dcp;

import javelin.kernels.Scope;
import javelin.kernels.Shape;
import javelin.nn.loss.Losses;
import javelin.tensor.Autograd;
import javelin.tensor.GradMode;
import javelin.tensor.Node;
import javelin.tensor.Op;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The objective of one layer, Eq. (6): `L(W) = L_M(W) + λ·L_S(W)` on the selection data.
///
/// `L_M(W) = 1/(2Q) · Σ ‖O^b − O‖²`, Eq. (3), compares the convolution's outputs with those of the
/// reference network, before batch norm and activation. `L_S`, Eq. (5), is the cross entropy of the
/// stage's head, or of the network's own classifier in the last stage.
///
/// The input of the convolution comes from the pruned network and is constant here, and so is
/// everything else but the convolution's weight and bias; what lies behind it is run in inference
/// mode.
final class LayerProblem {
    private final Replay replay;
    private final Node convolution;
    private final Node target;
    private final @Nullable LossHead head;
    private final double reconstruction;
    private final double lambda;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private final List<Sample> samples = new ArrayList<>();

    /// One batch of the selection data.
    ///
    /// @param x input of the convolution in the pruned network, `X`
    /// @param goal output of the convolution in the reference network, `O^b`
    /// @param beside what the rest of the network reads beside the convolution's output
    /// @param labels classes
    private record Sample(Tensor x, Tensor goal, Map<Node, Tensor> beside, Tensor labels) {}

    /// Both of a pass over the selection data.
    ///
    /// @param loss objective
    /// @param gradient with respect to the weight, row-major as the weight
    @SuppressWarnings("ArrayRecordComponent") // numbers for a ranking, never compared
    record Slope(double loss, double[] gradient) {}

    /// @param replay inference pass of the pruned network
    /// @param convolution the layer, a node of that pass
    /// @param target where the loss reads, a node behind it
    /// @param head classifier on the target; null if the target are logits
    LayerProblem(
            Replay replay,
            Node convolution,
            Node target,
            @Nullable LossHead head,
            double reconstruction,
            double lambda) {
        this.replay = replay;
        this.convolution = convolution;
        this.target = target;
        this.head = head;
        this.reconstruction = reconstruction;
        this.lambda = lambda;
        this.weight = leaf(1);
        this.bias = convolution.inputs().size() > 2 ? leaf(2) : null;
    }

    private Tensor leaf(int input) {
        Tensor t = convolution.inputs().get(input).tensor();
        return Objects.requireNonNull(t, "a weight is a leaf");
    }

    /// Adds a batch.
    ///
    /// @param images `[b, h, w, c]`, as many as the pass was recorded for
    /// @param goal output of the layer in the reference network for them
    void add(Tensor images, Tensor goal, Tensor labels) {
        Node x = convolution.inputs().getFirst();
        List<Node> beside = lambda == 0 ? List.of() : replay.beside(convolution, target);
        List<Node> wanted = new ArrayList<>(beside);
        wanted.add(x);
        Map<Node, Tensor> values = replay.run(images, wanted);
        Tensor own = Objects.requireNonNull(values.get(x));
        samples.add(new Sample(own, goal, values, labels));
    }

    /// Weight of the layer, `[kh, kw, c, n]`.
    Tensor weight() {
        return weight;
    }

    /// Bias of the layer; null if it has none.
    @Nullable Tensor bias() {
        return bias;
    }

    Shape shape() {
        return weight.shape();
    }

    int batches() {
        return samples.size();
    }

    /// Objective on one batch, recorded.
    Tensor loss(int batch) {
        Sample s = samples.get(batch);
        Op op = Objects.requireNonNull(convolution.op());
        Tensor o =
                bias == null ? Tensor.apply(op, s.x, weight) : Tensor.apply(op, s.x, weight, bias);
        Tensor sum = null;
        if (reconstruction > 0) {
            sum = Losses.mse(o, s.goal).mul(0.5 * reconstruction); // Eq. (3)
        }
        if (lambda > 0) {
            Tensor at = replay.resume(convolution, o, s.beside, target);
            Tensor logits = head == null ? at : head.forward(at);
            Tensor ls = Losses.crossEntropy(logits, s.labels).mul(lambda); // Eq. (5)
            sum = sum == null ? ls : sum.add(ls); // Eq. (6)
        }
        return Objects.requireNonNull(sum, "one of the two losses counts");
    }

    /// Objective on all batches.
    double loss() {
        double sum = 0;
        for (int i = 0; i < samples.size(); i++) {
            int batch = i;
            try (Scope _ = Scope.open()) {
                sum += GradMode.off(() -> loss(batch).item());
            }
        }
        return sum / samples.size(); // all batches are of one size
    }

    /// Objective on all batches and its gradient, also for channels that are 0.
    Slope slope() {
        double loss = 0;
        double[] gradient = new double[shape().length()];
        for (int i = 0; i < samples.size(); i++) {
            try (Scope _ = Scope.open()) {
                Tensor one = loss(i);
                loss += one.item();
                double[] part = Autograd.grad(one, List.of(weight)).getFirst().doubles();
                for (int k = 0; k < part.length; k++) {
                    gradient[k] += part[k];
                }
            }
        }
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] /= samples.size();
        }
        return new Slope(loss / samples.size(), gradient);
    }
}
