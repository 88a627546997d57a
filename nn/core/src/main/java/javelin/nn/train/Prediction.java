package javelin.nn.train;

import javelin.nn.Module;
import javelin.nn.data.Batch;
import javelin.nn.data.Feed;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Slice;
import javelin.tensor.ops.Softmax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a classifier makes of one example.
///
/// @param label the most likely class; of several equally likely ones the first
/// @param probabilities one for each class
@SuppressWarnings("ArrayRecordComponent") // a result to read, never compared
public record Prediction(int label, float[] probabilities) {
    /// Probability of the most likely class.
    public float confidence() {
        return probabilities[label];
    }

    /// Predictions for all examples, computed batch by batch in inference mode.
    ///
    /// @param inputs `[n, …]`
    /// @param batch examples that are computed at once, at least 1
    public static List<Prediction> of(Module model, Tensor inputs, int batch) {
        List<Prediction> all = new ArrayList<>();
        Runnable work =
                () -> {
                    for (int i = 0; i < inputs.dim(0); i += batch) {
                        int end = Math.min(inputs.dim(0), i + batch);
                        all.addAll(ofLogits(model.forward(Slice.slice(inputs, 0, i, end))));
                    }
                };
        return model.inference(() -> {
            GradMode.off(work);
            return all;
        });
    }

    /// Predictions for the first epoch of a feed, computed in inference mode.
    public static List<Prediction> of(Module model, Feed feed) {
        List<Prediction> all = new ArrayList<>();
        for (Batch batch : feed.epoch(1)) {
            all.addAll(of(model, batch.inputs(), batch.size()));
        }
        return all;
    }

    /// Predictions from logits `[b, k]`.
    static List<Prediction> ofLogits(Tensor logits) {
        int classes = logits.dim(1);
        float[] scores = logits.floats(); // probabilities may be rounded to the same number
        float[] p = GradMode.off(() -> Softmax.softmax(logits)).floats();
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < logits.dim(0); i++) {
            int row = i * classes;
            int best = 0;
            for (int k = 1; k < classes; k++) {
                best = scores[row + k] > scores[row + best] ? k : best;
            }
            all.add(new Prediction(best, Arrays.copyOfRange(p, row, row + classes)));
        }
        return all;
    }
}
