package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.nn.loss.Losses;
import javelin.nn.metrics.ConfusionMatrix;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Judges a classifier on the first epoch of a feed.
///
/// The result does not depend on the number of threads; it is the same each time.
public final class Evaluator implements Metrics {
    private final String prefix;
    private final Feed feed;

    private Evaluator(String prefix, Feed feed) {
        this.prefix = prefix;
        this.feed = feed;
    }

    /// Measures `NAME_loss` and `NAME_accuracy`.
    ///
    /// @param name for instance `validation`
    /// @param feed batches with labels `[b]`
    public static Evaluator classification(String name, Feed feed) {
        return new Evaluator(name + "_", feed);
    }

    @Override
    public List<String> names() {
        return List.of(prefix + "loss", prefix + "accuracy");
    }

    @Override
    public Map<String, Double> measure(Module model) {
        Report report = report(model);
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put(prefix + "loss", report.loss());
        metrics.put(prefix + "accuracy", report.accuracy());
        return metrics;
    }

    /// Everything about the predictions of `model`, which is run in inference mode.
    public Report report(Module model) {
        return model.inference(() -> GradMode.off(() -> judge(model)));
    }

    private Report judge(Module model) {
        double loss = 0;
        ConfusionMatrix confusion = null;
        Iterator<Batch> batches = feed.epoch(1, 0);
        while (batches.hasNext()) {
            Batch batch = batches.next();
            Tensor logits = model.forward(batch.inputs());
            if (confusion == null) {
                confusion = new ConfusionMatrix(logits.dim(1));
            }
            loss += Losses.crossEntropy(logits, batch.targets()).item() * batch.size();
            List<Prediction> answers = Prediction.ofLogits(logits);
            int[] labels = batch.targets().ints();
            for (int i = 0; i < labels.length; i++) {
                confusion.add(labels[i], answers.get(i).label());
            }
        }
        if (confusion == null) {
            throw new IllegalArgumentException("evaluate: there are no examples to judge by");
        }
        return new Report(confusion, loss / confusion.total());
    }

    /// How a classifier did.
    ///
    /// @param confusion how often each class was taken for each
    /// @param loss mean cross entropy
    public record Report(ConfusionMatrix confusion, double loss) {
        /// Share of right answers, in `0 … 1`.
        public double accuracy() {
            return confusion.accuracy();
        }
    }
}
