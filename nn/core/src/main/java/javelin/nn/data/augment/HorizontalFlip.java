package javelin.nn.data.augment;

import javelin.tensor.Rng;

/// Exchanges left and right.
///
/// @param probability how often, from 0 to 1
public record HorizontalFlip(double probability) implements Augment {
    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        if (random.nextDouble() >= probability) {
            return x;
        }
        float[] v = x.values();
        for (int i = 0; i < x.height(); i++) {
            for (int left = 0, right = x.width() - 1; left < right; left++, right--) {
                for (int c = 0; c < x.channels(); c++) {
                    float keep = v[x.at(i, left) + c];
                    v[x.at(i, left) + c] = v[x.at(i, right) + c];
                    v[x.at(i, right) + c] = keep;
                }
            }
        }
        return x;
    }
}
