package javelin.nn.data.augment;

import javelin.tensor.Rng;

/// Adds a border and cuts out a random part of the original size.
///
/// @param padding pixels added on each side, at least 0
/// @param border what is added
/// @see "He et al., Deep residual learning for image recognition, 2016, section 4.2 (padding 4)"
public record RandomCrop(int padding, Border border) implements Augment {
    /// Checks the padding.
    public RandomCrop {
        if (padding < 0) {
            throw new IllegalArgumentException("crop: padding is negative: " + padding);
        }
    }

    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        int down = random.nextInt(2 * padding + 1) - padding;
        int right = random.nextInt(2 * padding + 1) - padding;
        FloatImage y = x.blank();
        for (int i = 0; i < x.height(); i++) {
            int row = border.place(i + down, x.height());
            for (int j = 0; row >= 0 && j < x.width(); j++) {
                int column = border.place(j + right, x.width());
                if (column >= 0) {
                    System.arraycopy(
                            x.values(), x.at(row, column), y.values(), y.at(i, j), x.channels());
                }
            }
        }
        return y;
    }
}
