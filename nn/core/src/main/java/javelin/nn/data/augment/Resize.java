package javelin.nn.data.augment;

import javelin.nn.data.Filter;
import javelin.nn.data.Images;
import javelin.tensor.Rng;

/// Scales to a size. Not random.
///
/// @param height rows of the result
/// @param width columns of the result
/// @param filter how
public record Resize(int height, int width, Filter filter) implements Augment {
    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        float[] scaled =
                Images.resize(
                        x.values(), x.height(), x.width(), x.channels(), height, width, filter);
        return new FloatImage(scaled, height, width, x.channels());
    }
}
