package javelin.nn.data;

/// How a picture is scaled. When it shrinks, the filter is stretched by the factor, so that every
/// pixel counts (antialiasing).
public enum Filter {
    /// Mean of the pixels below; the nearest one when it grows.
    BOX(0.5) {
        @Override
        double at(double x) {
            return x >= -0.5 && x < 0.5 ? 1 : 0;
        }
    },
    /// Linear between neighbours.
    BILINEAR(1) {
        @Override
        double at(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /// Cubic convolution with a = -1/2, as MATLAB's `imresize` computes it.
    ///
    /// @see "Keys, Cubic convolution interpolation for digital image processing, 1981"
    BICUBIC(2) {
        @Override
        double at(double x) {
            double a = Math.abs(x);
            if (a <= 1) {
                return 1.5 * a * a * a - 2.5 * a * a + 1;
            }
            return a <= 2 ? -0.5 * a * a * a + 2.5 * a * a - 4 * a + 2 : 0;
        }
    };

    private final double radius;

    Filter(double radius) {
        this.radius = radius;
    }

    /// Where the weight becomes 0, in pixels.
    double radius() {
        return radius;
    }

    /// Weight at a distance from the centre.
    abstract double at(double x);
}
