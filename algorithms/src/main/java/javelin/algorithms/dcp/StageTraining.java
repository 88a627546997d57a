package javelin.algorithms.dcp;

import javelin.kernels.Scope;
import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.loss.Losses;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.tensor.Autograd;
import javelin.tensor.GradMode;
import javelin.tensor.Gradients;
import javelin.tensor.Node;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Training of a network with additional losses, between selections.
///
/// - Variant NEURIPS, Algorithm S1: one forward pass per batch gives `L_S^p` and `L_f`; then two
///   steps follow, (S2) on `L_S^p` for the head and all layers before it, (S3) on `L_f` for all
///   layers, each by an optimiser of its own. The gradients of (S3) use the activations of the one
///   forward pass, and the weights as (S2) left them.
/// - Variant V2: one step on the sum of all losses.
///
/// Weights of channels that went in earlier stages stay exactly 0: their gradients are masked.
final class StageTraining {
    private static final Optimizer RULE = new Sgd(0.9, true, Optimizer.Decay.all(1e-4));

    private final Module model;
    private final List<LossHead> heads;
    private final Taps taps;
    private final Map<String, Tensor> masks;
    private final boolean together;

    private final Optimizer.State all;
    private final Optimizer.@Nullable State first; // of step (S2)

    /// @param replay inference pass of `model`
    /// @param heads additional classifiers; one at most in variant NEURIPS
    /// @param places where they read, nodes of the pass
    /// @param masks by weight, 0 where nothing must change
    /// @param together whether all losses are added, as in variant V2
    StageTraining(
            Module model,
            Replay replay,
            List<LossHead> heads,
            List<Node> places,
            Map<String, Tensor> masks,
            boolean together) {
        this.model = model;
        this.heads = heads;
        this.taps = new Taps(replay, places);
        this.masks = masks;
        this.together = together;
        this.all = RULE.start(together ? parameters() : model.parameters());
        this.first = together || heads.isEmpty() ? null : RULE.start(parameters());
    }

    /// Parameters of the model and of the heads.
    private Map<String, Tensor> parameters() {
        var found = new LinkedHashMap<>(model.parameters());
        for (int i = 0; i < heads.size(); i++) {
            String prefix = "head" + i + ".";
            heads.get(i).parameters().forEach((name, p) -> found.put(prefix + name, p));
        }
        return found;
    }

    /// Trains for some epochs of the feed.
    ///
    /// @param stage epochs and rate, which is divided by ten after 40 % and 60 % of the epochs
    /// @return mean final loss of the last epoch
    /// @throws IllegalStateException if a loss is not finite
    double run(Feed feed, DcpConfig.Stage stage) {
        model.training(true);
        heads.forEach(h -> h.training(true));
        double mean = Double.NaN;
        for (int epoch = 0; epoch < stage.epochs(); epoch++) {
            double rate = rate(stage, epoch);
            double sum = 0;
            long seen = 0;
            Iterator<Batch> batches = feed.epoch(epoch + 1, 0);
            while (batches.hasNext()) {
                Batch batch = batches.next();
                try (Scope _ = Scope.open()) {
                    sum += step(batch, rate) * batch.size();
                }
                seen += batch.size();
            }
            mean = sum / seen;
        }
        model.training(false);
        heads.forEach(h -> h.training(false));
        return mean;
    }

    /// The step-th epoch, counted from 0, is the first with a smaller rate, as in the authors'
    /// code.
    static double rate(DcpConfig.Stage stage, int epoch) {
        double rate = stage.rate();
        rate /= 5 * epoch >= 2 * stage.epochs() && epoch > 0 ? 10 : 1;
        return rate / (5 * epoch >= 3 * stage.epochs() && epoch > 0 ? 10 : 1);
    }

    private double step(Batch batch, double rate) {
        Taps.Flow flow = taps.during(() -> model.forward(batch.inputs()));
        Tensor loss = Losses.crossEntropy(flow.result(), batch.targets()); // L_f
        double value = loss.item();
        if (!Double.isFinite(value)) {
            throw new IllegalStateException(
                    "dcp: the loss is %s; use a smaller rate for the stages".formatted(value));
        }
        for (int p = 0; p < heads.size(); p++) {
            Tensor logits = heads.get(p).forward(flow.tapped().get(p));
            Tensor ls = Losses.crossEntropy(logits, batch.targets()); // L_S^p
            if (together) {
                loss = loss.add(ls);
            } else if (first != null) {
                first.step(masked(ls, parameters()), rate); // (S2)
            }
        }
        all.step(masked(loss, together ? parameters() : model.parameters()), rate); // (S3)
        return value;
    }

    /// Gradients of the parameters that the loss depends on, 0 where channels are gone.
    private Map<String, Tensor> masked(Tensor loss, Map<String, Tensor> parameters) {
        Gradients gradients = Autograd.backward(loss);
        var found = new LinkedHashMap<String, Tensor>();
        parameters.forEach((name, p) -> {
            if (gradients.reaches(p)) {
                Tensor mask = masks.get(name);
                Tensor g = gradients.of(p);
                found.put(name, mask == null ? g : GradMode.off(() -> g.mul(mask)));
            }
        });
        return found;
    }
}
