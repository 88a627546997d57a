package javelin.algorithms.fourierspi.cytometry;

/// How lines are interpolated along the flow to square pixels.
///
/// @see "Keys, Cubic convolution interpolation for digital image processing, 1981"
public enum Resampling {
    /// Straight between two lines.
    LINEAR(1),
    /// Cubic convolution over four lines, `a = −1/2`.
    CUBIC(2);

    private final int radius; // lines on each side that count

    Resampling(int radius) {
        this.radius = radius;
    }

    int radius() {
        return radius;
    }

    /// Weight of a line at distance `t`, in lines.
    double weight(double t) {
        double d = Math.abs(t);
        if (d >= radius) {
            return 0;
        }
        if (this == LINEAR) {
            return 1 - d;
        }
        return d <= 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
    }

    /// Rows of an image of square pixels that `rows` lines make, the first at the first line and
    /// the last not after the last line.
    ///
    /// @param step pixel over pitch of the lines: lines from row to row
    static int rows(int rows, double step) {
        return (int) Math.floor((rows - 1) / step + 1e-9) + 1;
    }
}
