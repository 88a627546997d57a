package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;
import java.util.Comparator;

/// Receiver operating characteristic: what part of the positive examples is found at the price of
/// what part of the negative ones, for every threshold of a score.
///
/// @param falseRates part of the negatives above each threshold, from 0 to 1
/// @param trueRates part of the positives above it, from 0 to 1
/// @see "Fawcett, An introduction to ROC analysis, 2006, Algorithms 1 and 2"
@SuppressWarnings("ArrayRecordComponent") // a curve to read, never compared
public record RocCurve(double[] falseRates, double[] trueRates) {
    /// Curve of scored examples. Equal scores make one point.
    ///
    /// @param scores higher for what is more likely positive
    /// @param positive what each example is
    public static RocCurve of(double[] scores, boolean[] positive) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException(
                    "roc curve: needs one score per example, found %d scores and %d examples"
                            .formatted(scores.length, positive.length));
        }
        Integer[] order = new Integer[scores.length];
        int positives = 0;
        for (int i = 0; i < order.length; i++) {
            Checks.finite("roc curve", "score " + i, scores[i]);
            order[i] = i;
            positives += positive[i] ? 1 : 0;
        }
        int negatives = order.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException(
                    "roc curve: needs positive and negative examples, found %d and %d"
                            .formatted(positives, negatives));
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        double[] x = new double[order.length + 1];
        double[] y = new double[order.length + 1];
        int points = 1;
        int right = 0;
        for (int k = 0; k < order.length; k++) {
            right += positive[order[k]] ? 1 : 0;
            boolean last = k + 1 == order.length || scores[order[k + 1]] < scores[order[k]];
            if (last) {
                x[points] = (double) (k + 1 - right) / negatives;
                y[points++] = (double) right / positives;
            }
        }
        return new RocCurve(Arrays.copyOf(x, points), Arrays.copyOf(y, points));
    }

    /// Area under the curve: how often a random positive scores above a random negative, ties
    /// counted half.
    public double area() {
        double area = 0;
        for (int i = 1; i < falseRates.length; i++) {
            area += (falseRates[i] - falseRates[i - 1]) * (trueRates[i] + trueRates[i - 1]) / 2;
        }
        return area;
    }
}
