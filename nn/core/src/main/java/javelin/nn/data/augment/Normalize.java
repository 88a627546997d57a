package javelin.nn.data.augment;

import javelin.nn.data.Dataset;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;

/// `(x − mean) / std`, per channel. Not random: it belongs to the network and is done in training
/// and in use alike.
///
/// @param mean one per channel
/// @param std standard deviation, one per channel, above 0
public record Normalize(List<Double> mean, List<Double> std) implements Augment {
    /// The smallest deviation that is divided by: a channel may be constant.
    private static final double LEAST = 1e-3;

    /// Checks that there are as many of both, and no deviation is 0.
    public Normalize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.isEmpty() || mean.size() != std.size() || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException(
                    "normalize: means %s and deviations %s; expected as many, deviations above 0"
                            .formatted(mean, std));
        }
    }

    /// From the pixels of a set.
    public static Normalize of(Dataset data) {
        int channels = data.channels();
        double[] sum = new double[channels];
        double[] squares = new double[channels];
        float[] sample = new float[data.sampleLength()];
        for (int i = 0; i < data.size(); i++) {
            data.sample(i, sample, 0);
            for (int k = 0; k < sample.length; k++) {
                sum[k % channels] += sample[k];
                squares[k % channels] += (double) sample[k] * sample[k];
            }
        }
        double n = (double) data.size() * data.height() * data.width();
        List<Double> mean = new ArrayList<>();
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double m = n == 0 ? 0 : sum[c] / n;
            double variance = n == 0 ? 1 : squares[c] / n - m * m;
            mean.add(m);
            std.add(Math.max(LEAST, Math.sqrt(Math.max(0, variance))));
        }
        return new Normalize(mean, std);
    }

    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        apply(x.values());
        return x;
    }

    /// Normalises `[…, c]` values in place.
    public void apply(float[] values) {
        int channels = mean.size();
        for (int c = 0; c < channels; c++) {
            double m = mean.get(c);
            double s = std.get(c);
            for (int i = c; i < values.length; i += channels) {
                values[i] = (float) ((values[i] - m) / s);
            }
        }
    }
}
