package javelin.algorithms.fourierspi.cytometry;

/// Area, centre and second moments of the pixels of one label, in pixels.
///
/// @see "Hu, Visual pattern recognition by moment invariants, 1962"
final class Moments {
    private long area;
    private double x;
    private double y;
    private double major; // eigenvalues of the covariance
    private double minor;

    /// Takes the moments of a set that is not empty.
    ///
    /// A pixel is a square: its own variance of 1/12 counts.
    ///
    /// @param from place of the box's first pixel
    void of(int[] labels, int label, int from, int stride, int rows, int columns) {
        long n = 0;
        long sx = 0;
        long sy = 0;
        long sxx = 0;
        long syy = 0;
        long sxy = 0;
        for (int r = 0; r < rows; r++) {
            int row = from + r * stride;
            int count = 0;
            int sum = 0;
            long squares = 0;
            for (int c = 0; c < columns; c++) {
                int in = labels[row + c] == label ? 1 : 0;
                count += in;
                sum += in * c;
                squares += (long) in * c * c;
            }
            n += count;
            sx += sum;
            sxx += squares;
            sy += (long) count * r;
            syy += (long) count * r * r;
            sxy += (long) sum * r;
        }
        area = n;
        x = (double) sx / n;
        y = (double) sy / n;
        double xx = (double) sxx / n - x * x + 1 / 12.0;
        double yy = (double) syy / n - y * y + 1 / 12.0;
        double xy = (double) sxy / n - x * y;
        double half = (xx + yy) / 2;
        double root = Math.hypot((xx - yy) / 2, xy);
        major = half + root;
        minor = half - root;
    }

    long area() {
        return area;
    }

    /// Centre, in columns from the box's first one.
    double x() {
        return x;
    }

    /// Centre, in rows from the box's first one.
    double y() {
        return y;
    }

    /// Long over short axis of the ellipse of equal moments.
    double aspect() {
        return Math.sqrt(major / minor);
    }

    /// Numerical eccentricity of that ellipse, 0 for a disc.
    double eccentricity() {
        return Math.sqrt(Math.max(0, 1 - minor / major));
    }

    /// Area of that ellipse; the set's own if it is an ellipse.
    double ellipseArea() {
        return 4 * Math.PI * Math.sqrt(major * minor);
    }
}
