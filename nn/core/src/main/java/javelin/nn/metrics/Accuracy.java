package javelin.nn.metrics;

import javelin.tensor.Tensor;

/// Shares of right answers of a classifier.
public final class Accuracy {
    private Accuracy() {}

    /// Number of rows of `logits [b, K]` whose label (`labels [b]`) is among their `k` largest. Of
    /// equal logits the one of the smaller class number counts as larger.
    public static int hits(Tensor logits, Tensor labels, int k) {
        float[] x = logits.floats();
        int[] label = labels.ints();
        int classes = logits.dim(1);
        int hits = 0;
        for (int r = 0; r < label.length; r++) {
            float own = x[r * classes + label[r]];
            int above = 0;
            for (int j = 0; j < classes; j++) {
                float other = x[r * classes + j];
                if (other > own || (other == own && j < label[r]) || Float.isNaN(own)) {
                    above++;
                }
            }
            if (above < k) {
                hits++;
            }
        }
        return hits;
    }

    /// Share of rows whose largest logit is at the label, in `0 … 1`.
    public static double top1(Tensor logits, Tensor labels) {
        return topK(logits, labels, 1);
    }

    /// Share of rows whose label is among the `k` largest logits, in `0 … 1`.
    public static double topK(Tensor logits, Tensor labels, int k) {
        return (double) hits(logits, labels, k) / logits.dim(0);
    }
}
