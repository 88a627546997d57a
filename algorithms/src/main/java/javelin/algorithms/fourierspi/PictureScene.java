package javelin.algorithms.fourierspi;

import java.util.Arrays;

/// A picture that lies in the field: its width is that of the line, its rows follow each other
/// along y. Above and below it is as at its border.
///
/// Keeps the rows it was asked for last: one thread at a time.
public final class PictureScene implements Scene {
    /// A pulse sees up to six rows: two at the line's middle and on both sides of it.
    private static final int KEPT = 16;

    private final float[] pixels;
    private final int width;
    private final int height;
    private final double rowHeight;
    private final boolean smooth;
    private final int[] keptRows = new int[KEPT];
    private final double[][] kept = new double[KEPT][];

    /// A picture.
    ///
    /// @param pixels transmission `[height, width]`
    /// @param rowHeight metres per row
    /// @param smooth whether values between the middles of two rows are interpolated; false takes
    ///   the row that is there
    public PictureScene(float[] pixels, int width, double rowHeight, boolean smooth) {
        if (width < 1 || pixels.length == 0 || pixels.length % width != 0) {
            throw new IllegalArgumentException(
                    "scene: %d pixels are not rows of %d".formatted(pixels.length, width));
        }
        if (!(rowHeight > 0)) {
            throw new IllegalArgumentException(
                    "scene: height of a row must be positive, got " + rowHeight);
        }
        this.pixels = pixels;
        this.width = width;
        height = pixels.length / width;
        this.rowHeight = rowHeight;
        this.smooth = smooth;
        Arrays.fill(keptRows, -1);
    }

    /// Height of the picture in metres.
    public double height() {
        return height * rowHeight;
    }

    @Override
    public void row(double y, double[] line) {
        double place = y / rowHeight - (smooth ? 0.5 : 0);
        int row = (int) Math.floor(place);
        int above = Math.clamp(row, 0, height - 1);
        int below = Math.clamp(row + 1, 0, height - 1);
        double[] first = sampled(above, line.length);
        System.arraycopy(first, 0, line, 0, line.length);
        double t = place - row;
        if (smooth && above != below && t > 0) {
            double[] second = sampled(below, line.length);
            for (int j = 0; j < line.length; j++) {
                line[j] = line[j] * (1 - t) + second[j] * t;
            }
        }
    }

    private double[] sampled(int row, int n) {
        int place = row % KEPT;
        if (row != keptRows[place] || kept[place].length != n) {
            kept[place] = new double[n];
            sample(row, kept[place]);
            keptRows[place] = row;
        }
        return kept[place];
    }

    /// Means over the parts of the line, exact for pixels of constant transmission.
    private void sample(int row, double[] line) {
        int at = row * width;
        int n = line.length;
        if (n % width == 0) {
            int parts = n / width;
            for (int j = 0; j < n; j++) {
                line[j] = pixels[at + j / parts];
            }
            return;
        }
        for (int j = 0; j < n; j++) {
            double from = (double) j * width / n;
            double to = (double) (j + 1) * width / n;
            double sum = 0;
            for (int i = (int) from; i < width && i < to; i++) {
                sum += pixels[at + i] * (Math.min(i + 1, to) - Math.max(i, from));
            }
            line[j] = sum / (to - from);
        }
    }
}
