package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// From lines to separate cells: absorbance on square pixels, threshold, opening, connected
/// components, and cuts between cells that touch.
///
/// Holds its workspace: nothing is allocated once it has seen the largest image. Not thread-safe.
public final class Segmentation {
    /// How cells are told from the background and from each other.
    ///
    /// @param field width of a line, metres
    /// @param resampling how lines become square pixels
    /// @param threshold how the absorbance that counts is found
    /// @param floor least threshold, in absorbance; keeps noise of an empty image out
    /// @param least area of the smallest cell, square metres
    /// @param neck how much narrower than the smaller of two parts their neck must be for a cut, in
    ///   `(0, 1)`
    public record Config(
            double field,
            Resampling resampling,
            Threshold threshold,
            double floor,
            double least,
            double neck) {
        /// Checks the ranges.
        public Config {
            Checks.positive("segmentation", "field", field);
            Checks.range("segmentation", "floor", floor, 0, 1);
            Checks.range("segmentation", "least", least, 0, field * field);
            if (!(neck > 0 && neck < 1)) {
                throw new IllegalArgumentException(
                        "segmentation: neck must be between 0 and 1, found " + neck);
            }
        }

        /// Cubic resampling, threshold of Otsu, at least 0.05 and 7 µm², necks a fifth narrower.
        ///
        /// @param field width of a line, metres
        public static Config of(double field) {
            return new Config(field, Resampling.CUBIC, Threshold.OTSU, 0.05, 7e-12, 0.2);
        }

        /// The same with another threshold.
        public Config with(Threshold other) {
            return new Config(field, resampling, other, floor, least, neck);
        }

        /// The same with other resampling.
        public Config with(Resampling other) {
            return new Config(field, other, threshold, floor, least, neck);
        }
    }

    /// A component rounder and fuller than this is one cell and is not looked at for a cut: ratio
    /// of axes, and area of the ellipse of equal moments over its own area. Two discs of equal size
    /// that touch have 2.2 and 1.12.
    private static final double ROUND = 1.3;

    private static final double FULL = 1.04;

    private final Config config;
    private final Resampler resampler;
    private final Watershed watershed = new Watershed();
    private final Moments moments = new Moments();
    private final int[] bins = new int[4 * Threshold.BINS];
    private float[] image = new float[0];
    private byte[] mask = new byte[0];
    private byte[] work = new byte[0];
    private byte[] crop = new byte[0];
    private int[] labels = new int[0];
    private int[] parents = new int[0];
    private int rows;
    private int n;
    private double pixel;
    private float level;
    private int count;
    // of each label: rows and columns of the box, from and after
    private int[] top = new int[17];
    private int[] bottom = new int[17];
    private int[] left = new int[17];
    private int[] right = new int[17];

    /// A segmentation with an empty workspace.
    public Segmentation(Config config) {
        this.config = config;
        resampler = new Resampler(config.resampling);
    }

    /// Finds the cells of an image.
    ///
    /// @param lines `[rows, n]` transmission, in order of the flow
    /// @param pitch distance of two lines, metres
    /// @param background of each column
    /// @return number of cells, labelled from 1
    public int segment(float[] lines, int rows, int n, double pitch, float[] background) {
        check(lines, rows, n, pitch, background);
        pixel = config.field / n;
        double step = pixel / pitch;
        if (Math.abs(step - 1) < 1e-6) {
            step = 1;
        }
        double tall = (rows - 1) / step + 1;
        if (tall * n > 1 << 24) {
            throw new IllegalArgumentException(
                    "segmentation: %d lines at a pitch of %s m make %.0f rows of pixels of %s m; cut the lines into events first"
                            .formatted(rows, pitch, tall, pixel));
        }
        this.rows = Resampling.rows(rows, step);
        this.n = n;
        ensure();
        resampler.absorbance(lines, rows, n, step, background, image);
        repeatBorder();
        level = (float) Math.max(config.floor, config.threshold.of(image, this.rows, n, bins));
        count = 0;
        int from = stride() + 1;
        int to = (this.rows + 1) * stride() - 1;
        if (select()) {
            Morphology.open(mask, stride(), from, to, work);
            count = Morphology.components(mask, stride(), from, to, labels, parents);
            box();
            split();
            sift();
        }
        return count;
    }

    private static void check(float[] lines, int rows, int n, double pitch, float[] background) {
        Checks.atLeast("segmentation", "rows", rows, 1);
        Checks.atLeast("segmentation", "n", n, 3);
        Checks.positive("segmentation", "pitch", pitch);
        if (lines.length < (long) rows * n || background.length < n) {
            throw new IllegalArgumentException(
                    "segmentation: %d lines of %d pixels need %d numbers and a background of %d, found %d and %d"
                            .formatted(
                                    rows, n, (long) rows * n, n, lines.length, background.length));
        }
    }

    private void ensure() {
        int pixels = (rows + 2) * stride();
        if (image.length < pixels) {
            image = new float[pixels];
            mask = new byte[Morphology.room(pixels)];
            work = new byte[Morphology.room(pixels)];
            crop = new byte[pixels];
            labels = new int[pixels];
            parents = new int[pixels / 2 + 2];
        }
    }

    /// Pixels outside are like their neighbours inside: no slope there.
    private void repeatBorder() {
        int stride = stride();
        for (int r = 1; r <= rows; r++) {
            image[r * stride] = image[r * stride + 1];
            image[r * stride + n + 1] = image[r * stride + n];
        }
        System.arraycopy(image, stride, image, 0, stride);
        System.arraycopy(image, rows * stride, image, (rows + 1) * stride, stride);
    }

    /// Sets the mask where the image is above the level; whether it is so anywhere.
    private boolean select() {
        int stride = stride();
        Arrays.fill(mask, 0, stride, (byte) 0);
        Arrays.fill(mask, (rows + 1) * stride, mask.length, (byte) 0);
        int any = 0;
        for (int i = stride; i < (rows + 1) * stride; i++) {
            byte in = (byte) (Float.floatToRawIntBits(level - image[i]) >>> 31);
            mask[i] = in;
            any |= in;
        }
        for (int r = 1; r <= rows; r++) {
            mask[r * stride] = 0;
            mask[r * stride + n + 1] = 0;
        }
        return any != 0;
    }

    private void box() {
        reserve();
        for (int k = 1; k <= count; k++) {
            empty(k);
        }
        int stride = stride();
        for (int r = 0; r < rows; r++) {
            int row = (r + 1) * stride + 1;
            int c = 0;
            while (c < n) {
                int k = labels[row + c];
                if (k == 0) {
                    c++;
                    continue;
                }
                int start = c;
                while (labels[row + c] == k) { // the border ends it
                    c++;
                }
                widen(k, r, start, c);
            }
        }
    }

    private void empty(int k) {
        top[k] = Integer.MAX_VALUE;
        left[k] = Integer.MAX_VALUE;
        bottom[k] = 0;
        right[k] = 0;
    }

    private void widen(int k, int r, int start, int end) {
        top[k] = Math.min(top[k], r);
        bottom[k] = r + 1;
        left[k] = Math.min(left[k], start);
        right[k] = Math.max(right[k], end);
    }

    private void reserve() {
        if (top.length <= count) {
            int room = 2 * count + 1;
            top = Arrays.copyOf(top, room);
            bottom = Arrays.copyOf(bottom, room);
            left = Arrays.copyOf(left, room);
            right = Arrays.copyOf(right, room);
        }
    }

    /// Cuts components of several cells; further parts get new labels at the end.
    private void split() {
        int whole = count;
        for (int k = 1; k <= whole; k++) {
            if (large(area(k)) && !isEllipse(k)) {
                cut(k);
            }
        }
    }

    private void cut(int k) {
        int h = bottom[k] - top[k];
        int w = right[k] - left[k];
        Arrays.fill(crop, 0, (h + 2) * (w + 2), (byte) 0);
        for (int r = 0; r < h; r++) {
            int from = place(top[k] + r, left[k]);
            int to = (r + 1) * (w + 2) + 1;
            for (int c = 0; c < w; c++) {
                crop[to + c] = (byte) (labels[from + c] == k ? 1 : 0);
            }
        }
        int[] parts = watershed.split(crop, h, w, config.neck);
        int more = watershed.parts() - 1;
        if (more == 0) {
            return;
        }
        int firstRow = top[k];
        int firstColumn = left[k];
        int base = count;
        count += more;
        reserve();
        empty(k);
        for (int p = base + 1; p <= count; p++) {
            empty(p);
        }
        for (int r = 0; r < h; r++) {
            for (int c = 0; c < w; c++) {
                int part = parts[(r + 1) * (w + 2) + 1 + c];
                if (part != 0) {
                    int label = part == 1 ? k : base + part - 1;
                    labels[place(firstRow + r, firstColumn + c)] = label;
                    widen(label, firstRow + r, firstColumn + c, firstColumn + c + 1);
                }
            }
        }
    }

    private int area(int k) {
        int area = 0;
        for (int r = top[k]; r < bottom[k]; r++) {
            for (int i = place(r, left[k]); i < place(r, right[k]); i++) {
                area += labels[i] == k ? 1 : 0;
            }
        }
        return area;
    }

    private boolean large(int area) {
        return area * pixel * pixel >= config.least;
    }

    private boolean isEllipse(int k) {
        moments.of(
                labels,
                k,
                place(top[k], left[k]),
                stride(),
                bottom[k] - top[k],
                right[k] - left[k]);
        return moments.aspect() < ROUND && moments.ellipseArea() < FULL * moments.area();
    }

    /// Forgets cells that are too small: those that stay keep their order.
    private void sift() {
        int kept = 0;
        for (int k = 1; k <= count; k++) {
            boolean stays = large(area(k));
            int label = stays ? ++kept : 0;
            if (label == k) {
                continue;
            }
            for (int r = top[k]; r < bottom[k]; r++) {
                for (int i = place(r, left[k]); i < place(r, right[k]); i++) {
                    if (labels[i] == k) {
                        labels[i] = label;
                    }
                }
            }
            if (stays) {
                top[label] = top[k];
                bottom[label] = bottom[k];
                left[label] = left[k];
                right[label] = right[k];
            }
        }
        count = kept;
    }

    // ---- what the last call found ----

    /// Side of a pixel, metres.
    public double pixel() {
        return pixel;
    }

    /// Rows of the image of square pixels.
    public int rows() {
        return rows;
    }

    /// Columns of the image.
    public int columns() {
        return n;
    }

    /// Absorbance from which pixels were taken for cells.
    public double level() {
        return level;
    }

    /// Absorbance of a pixel.
    public float absorbance(int row, int column) {
        return image[place(row, column)];
    }

    /// Cell that a pixel belongs to, from 1; 0 for none.
    public int label(int row, int column) {
        return count == 0 ? 0 : labels[place(row, column)];
    }

    float[] image() {
        return image;
    }

    int[] labels() {
        return labels;
    }

    int stride() {
        return n + 2;
    }

    int place(int row, int column) {
        return (row + 1) * (n + 2) + 1 + column;
    }

    int top(int k) {
        return top[k];
    }

    int bottom(int k) {
        return bottom[k];
    }

    int left(int k) {
        return left[k];
    }

    int right(int k) {
        return right[k];
    }
}
