package javelin.algorithms.fourierspi.cytometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// From lines to measured cells. One for each thread: it holds the workspace, and allocates only
/// its results.
public final class CellAnalysis {
    private static final double NUCLEUS = 0.7; // of the largest absorbance

    private final Segmentation segmentation;
    private final Moments moments = new Moments();
    private final CoOccurrence pairs = new CoOccurrence();
    private byte[] levels = new byte[0];
    private final double[] ringSums = new double[4];
    private final int[] ringCounts = new int[4];
    private double sum;
    private double squares;
    private float max;
    private double slopes;
    private int dark;

    /// An analysis with an empty workspace.
    public CellAnalysis(Segmentation.Config config) {
        segmentation = new Segmentation(config);
    }

    /// Finds and measures the cells of an image.
    ///
    /// @param lines `[rows, n]` transmission, in order of the flow
    /// @param pitch distance of two lines, metres
    /// @param background transmission of each column of an empty line
    /// @return the cells, in order of their first pixels, parts of a cut after all others
    public List<FoundCell> analyse(
            float[] lines, int rows, int n, double pitch, float[] background) {
        int count = segmentation.segment(lines, rows, n, pitch, background);
        if (count == 0) {
            return List.of();
        }
        List<FoundCell> found = new ArrayList<>(count);
        for (int k = 1; k <= count; k++) {
            found.add(measure(k));
        }
        return found;
    }

    /// The segmentation, with the image and the labels of the last call.
    public Segmentation segmentation() {
        return segmentation;
    }

    private FoundCell measure(int k) {
        Segmentation s = segmentation;
        int h = s.bottom(k) - s.top(k);
        int w = s.right(k) - s.left(k);
        int from = s.place(s.top(k), s.left(k));
        moments.of(s.labels(), k, from, s.stride(), h, w);
        light(k, from, h, w);
        profile(k, from, h, w);
        pairs.count(levels, h, w);
        double pixel = s.pixel();
        boolean cut =
                s.top(k) == 0
                        || s.left(k) == 0
                        || s.bottom(k) == s.rows()
                        || s.right(k) == s.columns();
        return new FoundCell(
                (s.left(k) + moments.x() + 0.5) * pixel,
                (s.top(k) + moments.y()) * pixel,
                cut,
                features(pixel));
    }

    private Features features(double pixel) {
        double n = moments.area();
        double area = n * pixel * pixel;
        double perimeter = pairs.perimeter() * pixel;
        double mean = sum / n;
        return new Features(
                area,
                Math.sqrt(4 * area / Math.PI),
                perimeter,
                4 * Math.PI * area / (perimeter * perimeter),
                moments.aspect(),
                moments.eccentricity(),
                mean,
                Math.sqrt(Math.max(0, squares / n - mean * mean)),
                max,
                mean * area,
                ring(0, mean),
                ring(1, mean),
                ring(2, mean),
                ring(3, mean),
                dark / n,
                pairs.contrast(),
                pairs.homogeneity(),
                pairs.entropy(),
                slopes / n / (pixel * pixel));
    }

    /// Mean of a ring; of the cell if the ring holds no pixel.
    private double ring(int i, double mean) {
        return ringCounts[i] == 0 ? mean : ringSums[i] / ringCounts[i];
    }

    private void light(int k, int from, int h, int w) {
        float[] image = segmentation.image();
        int[] labels = segmentation.labels();
        double total = 0;
        double totalSquares = 0;
        float most = 0;
        for (int r = 0; r < h; r++) {
            int row = from + r * segmentation.stride();
            float rowSum = 0;
            float rowSquares = 0;
            for (int i = row; i < row + w; i++) {
                float a = labels[i] == k ? image[i] : 0;
                rowSum += a;
                rowSquares += a * a;
                most = Math.max(most, a);
            }
            total += rowSum;
            totalSquares += rowSquares;
        }
        sum = total;
        squares = totalSquares;
        max = most;
    }

    /// Rings, dark pixels, slopes and levels.
    private void profile(int k, int from, int h, int w) {
        float[] image = segmentation.image();
        int[] labels = segmentation.labels();
        int stride = segmentation.stride();
        int size = (h + 2) * (w + 2) + 1;
        if (levels.length < size) {
            levels = new byte[size];
        }
        Arrays.fill(levels, 0, size, CoOccurrence.OUTSIDE);
        Arrays.fill(ringSums, 0);
        Arrays.fill(ringCounts, 0);
        // squared radius in units of which the rings end at 1, 4 and 9
        float perRing = (float) (16 * Math.PI / moments.area());
        float cx = (float) moments.x();
        float cy = (float) moments.y();
        float perLevel = CoOccurrence.LEVELS / max;
        float nucleus = (float) (NUCLEUS * max);
        int darker = 0;
        double steep = 0;
        for (int r = 0; r < h; r++) {
            int row = from + r * stride;
            int to = (r + 1) * (w + 2) + 1;
            float dy2 = (r - cy) * (r - cy);
            float rowSlopes = 0;
            for (int c = 0; c < w; c++) {
                int i = row + c;
                if (labels[i] != k) {
                    continue;
                }
                float a = image[i];
                float d = ((c - cx) * (c - cx) + dy2) * perRing;
                int ring = d < 4 ? (d < 1 ? 0 : 1) : (d < 9 ? 2 : 3);
                ringSums[ring] += a;
                ringCounts[ring]++;
                darker += a > nucleus ? 1 : 0;
                levels[to + c] = (byte) Math.min(CoOccurrence.LEVELS - 1, (int) (a * perLevel));
                float gx = image[i + 1] - image[i - 1];
                float gy = image[i + stride] - image[i - stride];
                rowSlopes += gx * gx + gy * gy;
            }
            steep += rowSlopes;
        }
        dark = darker;
        slopes = steep / 4;
    }
}
