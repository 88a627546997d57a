package javelin.nn.data.augment;

import javelin.tensor.Rng;

/// Turns, scales and shifts around the centre, linear between pixels; what comes in from outside is
/// black.
///
/// @param degrees largest angle, either way
/// @param scale largest change of size: factors from `1 − scale` to `1 + scale`, below 1
/// @param shift largest shift in pixels, either way, along each axis
public record RandomAffine(double degrees, double scale, double shift) implements Augment {
    /// Checks the scale.
    public RandomAffine {
        if (!(scale >= 0 && scale < 1)) {
            throw new IllegalArgumentException("affine: scale must be from 0 to 1, got " + scale);
        }
    }

    @Override
    public FloatImage apply(FloatImage x, Rng random) {
        double angle = Math.toRadians(degrees * both(random));
        double factor = 1 + scale * both(random);
        double down = shift * both(random);
        double right = shift * both(random);
        double cos = StrictMath.cos(angle) / factor;
        double sin = StrictMath.sin(angle) / factor;
        double cy = (x.height() - 1) / 2.0;
        double cx = (x.width() - 1) / 2.0;
        FloatImage y = x.blank();
        for (int i = 0; i < x.height(); i++) {
            for (int j = 0; j < x.width(); j++) {
                double v = i - cy - down; // back from the result to the source
                double u = j - cx - right;
                mix(x, cy + cos * v - sin * u, cx + sin * v + cos * u, y.values(), y.at(i, j));
            }
        }
        return y;
    }

    private static double both(Rng random) {
        return 2 * random.nextDouble() - 1;
    }

    private static void mix(FloatImage x, double row, double column, float[] into, int at) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        for (int k = 0; k < 4; k++) {
            int i = top + (k >> 1);
            int j = left + (k & 1);
            double weight = (1 - Math.abs(row - i)) * (1 - Math.abs(column - j));
            if (weight > 0 && i >= 0 && i < x.height() && j >= 0 && j < x.width()) {
                for (int c = 0; c < x.channels(); c++) {
                    into[at + c] += (float) (weight * x.values()[x.at(i, j) + c]);
                }
            }
        }
    }
}
