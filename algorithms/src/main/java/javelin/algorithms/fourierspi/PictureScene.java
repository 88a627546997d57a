package javelin.algorithms.fourierspi;

import java.util.Arrays;

/// A picture that lies in the field: its width is that of the line, its rows follow each other
/// along y. Above and below it is as at its border.
public final class PictureScene implements Scene {
    private final float[] pixels;
    private final int width;
    private final int height;
    private final double rowHeight;
    private final boolean smooth;

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
    }

    /// Height of the picture in metres.
    public double height() {
        return height * rowHeight;
    }

    @Override
    public void row(double y, double[] line) {
        double place = y / rowHeight - (smooth ? 0.5 : 0);
        int row = (int) Math.floor(place);
        Arrays.fill(line, 0);
        if (smooth) {
            add(row, 1 - (place - row), line);
            add(row + 1, place - row, line);
        } else {
            add(row, 1, line);
        }
    }

    /// Adds the mean over each part of the line, exact for pixels of constant transmission.
    private void add(int row, double weight, double[] line) {
        int at = Math.clamp(row, 0, height - 1) * width;
        int n = line.length;
        if (n % width == 0) {
            int parts = n / width;
            for (int j = 0; j < n; j++) {
                line[j] += weight * pixels[at + j / parts];
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
            line[j] += weight * sum / (to - from);
        }
    }
}
