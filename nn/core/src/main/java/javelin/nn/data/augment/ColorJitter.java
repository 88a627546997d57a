package javelin.nn.data.augment;

import javelin.tensor.Rng;

/// Changes brightness, then contrast, then saturation, each by a random factor from `1 − s` to `1 +
/// s`; values stay within 0 and 1. For images before normalisation.
///
/// | what | blends with |
/// |---|---|
/// | brightness | black |
/// | contrast | the mean grey of the image |
/// | saturation | the grey of the pixel (nothing for images without three channels) |
///
/// @param brightness strength `s`, 0 for none
/// @param contrast strength `s`, 0 for none
/// @param saturation strength `s`, 0 for none
public record ColorJitter(double brightness, double contrast, double saturation)
        implements Augment {
    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        float bright = factor(brightness, random);
        float apart = factor(contrast, random);
        float coloured = factor(saturation, random);
        float[] v = x.values();
        for (int i = 0; i < v.length; i++) {
            v[i] = unit(bright * v[i]);
        }
        double sum = 0;
        for (int i = 0; i < v.length; i += x.channels()) {
            sum += grey(x, i);
        }
        float mean = (float) (sum / (x.height() * (double) x.width()));
        for (int i = 0; i < v.length; i++) {
            v[i] = unit(mean + apart * (v[i] - mean));
        }
        for (int i = 0; x.channels() == 3 && i < v.length; i += 3) {
            float grey = grey(x, i);
            for (int c = 0; c < 3; c++) {
                v[i + c] = unit(grey + coloured * (v[i + c] - grey));
            }
        }
        return x;
    }

    private static float factor(double strength, Rng random) {
        return (float) (1 + strength * (2 * random.nextDouble() - 1));
    }

    /// Luma of ITU-R BT.601.
    private static float grey(FloatImage x, int at) {
        float[] v = x.values();
        return x.channels() == 3 ? 0.299f * v[at] + 0.587f * v[at + 1] + 0.114f * v[at + 2] : v[at];
    }

    private static float unit(float x) {
        return Math.clamp(x, 0f, 1f);
    }
}
