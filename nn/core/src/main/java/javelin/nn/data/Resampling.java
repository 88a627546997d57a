package javelin.nn.data;

import java.util.Arrays;

/// Scales `[h, w, c]` values: columns first, then rows. Beyond the border the nearest pixel counts.
final class Resampling {
    private final int[] first; // first source pixel of each result pixel
    private final double[][] weights;
    private final int size;

    private Resampling(int from, int to, Filter filter) {
        size = from;
        first = new int[to];
        weights = new double[to][];
        double scale = (double) to / from;
        double stretch = Math.max(1, 1 / scale);
        double radius = filter.radius() * stretch;
        int taps = (int) Math.ceil(2 * radius) + 2; // two more than can be needed
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) / scale - 0.5;
            first[i] = (int) Math.floor(centre - radius);
            weights[i] = new double[taps];
            double sum = 0;
            for (int k = 0; k < taps; k++) {
                weights[i][k] = filter.at((first[i] + k - centre) / stretch);
                sum += weights[i][k];
            }
            for (int k = 0; k < taps; k++) {
                weights[i][k] /= sum;
            }
        }
    }

    /// @param bytes whether values are 0 to 255 and rounded (half up) and clipped after each pass
    static float[] resize(
            float[] x, int h, int w, int c, int oh, int ow, Filter filter, boolean bytes) {
        float[] tall = x;
        if (oh != h) {
            tall = new float[oh * w * c];
            new Resampling(h, oh, filter).pass(x, tall, 1, w * c, bytes);
        }
        if (ow == w) {
            return oh == h ? x.clone() : tall;
        }
        float[] y = new float[oh * ow * c];
        new Resampling(w, ow, filter).pass(tall, y, oh, c, bytes);
        return y;
    }

    /// Scales the middle axis of `[outer, size, inner]`.
    private void pass(float[] x, float[] y, int outer, int inner, boolean bytes) {
        double[] sums = new double[inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < first.length; i++) {
                Arrays.fill(sums, 0);
                for (int k = 0; k < weights[i].length; k++) {
                    double weight = weights[i][k];
                    if (weight != 0) {
                        int from = (o * size + Math.clamp(first[i] + k, 0, size - 1)) * inner;
                        for (int j = 0; j < inner; j++) {
                            sums[j] += weight * x[from + j];
                        }
                    }
                }
                int to = (o * first.length + i) * inner;
                for (int j = 0; j < inner; j++) {
                    y[to + j] =
                            (float)
                                    (bytes
                                            ? Math.clamp(Math.floor(sums[j] + 0.5), 0, 255)
                                            : sums[j]);
                }
            }
        }
    }
}
