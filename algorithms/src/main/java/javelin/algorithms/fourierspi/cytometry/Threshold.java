package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// Absorbance from which a pixel is part of a cell.
public enum Threshold {
    /// What separates two classes of least variance within.
    ///
    /// See Otsu, A threshold selection method from gray-level histograms, 1979.
    OTSU,
    /// A part of the robust maximum: of the absorbance that one pixel of a hundred exceeds.
    FRACTION;

    /// Part of the robust maximum.
    static final double OF_MAXIMUM = 0.35;

    static final int BINS = 64;

    private static final double ROBUST = 0.01;

    /// Threshold of the interior of an image.
    ///
    /// @param image rows from `(r + 1)·(n + 2) + 1`, with a border that repeats them
    /// @param bins workspace of `4·BINS`
    /// @return 0 if nothing absorbs
    float of(float[] image, int rows, int n, int[] bins) {
        float most = maximum(image, rows, n);
        if (!(most > 0)) {
            return 0;
        }
        histogram(image, rows, n, (BINS - 1e-3f) / most, bins);
        float width = most / BINS;
        return this == OTSU
                ? (float) (otsu(bins) * width)
                : (float) (OF_MAXIMUM * robustMaximum(bins, rows * n) * width);
    }

    private static float maximum(float[] image, int rows, int n) {
        int most = 0; // numbers above 0 are in order of their bits
        for (int i = 0; i < (rows + 2) * (n + 2); i++) { // the border repeats the pixels beside it
            most = Math.max(most, Float.floatToRawIntBits(image[i]));
        }
        return Float.intBitsToFloat(most);
    }

    private static void histogram(float[] image, int rows, int n, float scale, int[] bins) {
        Arrays.fill(bins, 0);
        for (int r = 0; r < rows; r++) {
            int row = (r + 1) * (n + 2) + 1;
            for (int c = 0; c < n; c++) {
                int bin = (int) Math.max(0, image[row + c] * scale);
                bins[(c & 3) * BINS + bin]++; // four tables: no wait for the last increment
            }
        }
        for (int b = 0; b < BINS; b++) {
            bins[b] += bins[BINS + b] + bins[2 * BINS + b] + bins[3 * BINS + b];
        }
    }

    /// Bins below the threshold: where the variance between the classes is largest; the middle if
    /// several are equal, as empty bins between two classes are.
    static double otsu(int[] bins) {
        double all = 0;
        double sum = 0;
        for (int b = 0; b < BINS; b++) {
            all += bins[b];
            sum += (double) b * bins[b];
        }
        double below = 0;
        double sumBelow = 0;
        double best = -1;
        int first = 0;
        int last = 0;
        for (int b = 0; b < BINS - 1; b++) {
            below += bins[b];
            sumBelow += (double) b * bins[b];
            double above = all - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double d = sumBelow * all - sum * below;
            double between = d * d / (below * above);
            if (between > best * (1 + 1e-12)) {
                best = between;
                first = b + 1;
                last = first;
            } else if (bins[b] == 0 && last == b) {
                last = b + 1;
            }
        }
        return (first + last) / 2.0;
    }

    private static double robustMaximum(int[] bins, int pixels) {
        int above = 0;
        int bin = BINS;
        while (bin > 0 && above <= ROBUST * pixels) {
            above += bins[--bin];
        }
        return bin + 0.5;
    }
}
