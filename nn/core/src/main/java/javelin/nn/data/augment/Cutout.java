package javelin.nn.data.augment;

import javelin.tensor.Rng;

import java.util.Arrays;

/// Blackens a square around a random pixel; what sticks out of the image is lost.
///
/// @param size side of the square in pixels
/// @see "DeVries and Taylor, Improved regularization of convolutional neural networks with cutout,
///   2017"
public record Cutout(int size) implements Augment {
    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        int top = random.nextInt(x.height()) - size / 2;
        int left = random.nextInt(x.width()) - size / 2;
        int from = Math.max(0, left);
        int to = Math.min(x.width(), left + size);
        for (int i = Math.max(0, top); i < Math.min(x.height(), top + size); i++) {
            if (from < to) {
                Arrays.fill(
                        x.values(), x.at(i, from), x.at(i, from) + (to - from) * x.channels(), 0);
            }
        }
        return x;
    }
}
