package javelin.algorithms.cli;

import javelin.nn.data.Dataset;

import java.util.ArrayList;
import java.util.List;

/// How pixels become inputs of a network: `(value − mean) / deviation`, values from 0 to 1.
///
/// @param mean one per channel
/// @param deviation one per channel
@SuppressWarnings("ArrayRecordComponent") // small constants, never compared
record Pixels(float[] mean, float[] deviation) {
    /// The smallest deviation that is divided by: a channel may be constant.
    private static final double LEAST = 1e-3;

    /// Mean and standard deviation over all pixels of a set.
    static Pixels of(Dataset data) {
        int c = data.channels();
        double[] sum = new double[c];
        double[] squares = new double[c];
        float[] sample = new float[data.sampleLength()];
        for (int i = 0; i < data.size(); i++) {
            data.sample(i, sample, 0);
            for (int k = 0; k < sample.length; k++) {
                sum[k % c] += sample[k];
                squares[k % c] += (double) sample[k] * sample[k];
            }
        }
        double n = (double) data.size() * data.height() * data.width();
        float[] mean = new float[c];
        float[] deviation = new float[c];
        for (int k = 0; k < c; k++) {
            double m = sum[k] / n;
            mean[k] = (float) m;
            deviation[k] = (float) Math.max(LEAST, Math.sqrt(squares[k] / n - m * m));
        }
        return new Pixels(mean, deviation);
    }

    /// As a model file holds them.
    static List<Double> list(float... values) {
        List<Double> list = new ArrayList<>();
        for (float v : values) {
            list.add((double) v);
        }
        return list;
    }

    /// What [#list] was made of.
    static float[] array(List<Double> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }

    /// Normalises images in place; channels are the innermost axis.
    void normalise(float[] values) {
        int c = mean.length;
        for (int i = 0; i < values.length; i += c) {
            for (int k = 0; k < c; k++) {
                values[i + k] = (values[i + k] - mean[k]) / deviation[k];
            }
        }
    }
}
