package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Blocks;
import javelin.kernels.matmul.MicroKernelSimd;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Panels;
import javelin.kernels.matmul.Segments;
import javelin.kernels.matmul.Target;
import javelin.kernels.matmul.TilesSimd;

/// A correlation as a matrix product without im2col: rows are output pixels, the inner dimension
/// runs over taps and channels, columns are output channels.
///
/// Images are channels-last, so the taps of one window row lie side by side: with a frame of zeros
/// around a copied band of the image, row `i` of every window is one run of `taps · channels`
/// numbers. A band is chosen to fit the second-level cache.
final class CorrelateSimd implements PackedProduct {
    private static final int WIDTH = TilesSimd.WIDTH;

    /// Elements of a framed band: 128 KB, a quarter of a second-level cache.
    private static final int BAND = 1 << 15;

    /// Below this number of pieces of work, bands and columns are divided further. With twice as
    /// many, each with its own pass over the filters, 1×1 convolutions of 14² pixels took a tenth
    /// to a quarter longer.
    private static final int ENOUGH_TASKS = 8;

    /// Rows of the micro-kernel.
    private static final int ROWS = MicroKernelSimd.ROWS;

    /// A band has at least as many tiles of the micro-kernel.
    private static final int LEAST_TILES = 4;

    /// Rows by which a band may be higher than it should, if fewer tiles are left incomplete.
    private static final int MORE_ROWS = 2;

    private final Axis rows;
    private final Axis columns;
    private final int groups;
    private final boolean adjoint;
    private final Shape x;
    private final Shape w;
    private final Shape y;
    private final int channels;
    private final int outs;
    private final int k;
    private final int groupSize;
    private final boolean direct;
    private final int frameW;
    private final int band;
    private final int bands;
    private final int slices;
    private final Segments taps;

    /// Correlation of images `x` with filters `w` along both axes to `y`.
    ///
    /// @param adjoint whether the roles of the weight's two channel axes are exchanged
    CorrelateSimd(Axis rows, Axis columns, int groups, boolean adjoint, Shape x, Shape w, Shape y) {
        this.rows = rows;
        this.columns = columns;
        this.groups = groups;
        this.adjoint = adjoint;
        this.x = x;
        this.w = w;
        this.y = y;
        int n = y.dim(0);
        channels = x.dim(3) / groups;
        outs = y.dim(3) / groups;
        k = rows.taps() * columns.taps() * channels;
        groupSize = Panels.size(k, outs, WIDTH);
        direct = rows.isInside(x.dim(1)) && columns.isInside(x.dim(2));
        frameW = columns.span(0, columns.outputs() - 1);
        int width = direct ? columns.outputs() * columns.stride() : frameW;
        boolean empty = rows.outputs() == 0 || columns.outputs() == 0;
        band = empty ? 1 : band(rows, columns, width, channels, n);
        bands = Math.ceilDiv(rows.outputs(), band);
        int pieces = n * bands * groups;
        int panels = Panels.count(outs, WIDTH);
        slices = empty || pieces >= ENOUGH_TASKS ? 1 : Math.min(panels, ENOUGH_TASKS / pieces);
        taps = direct ? taps(x.dim(2) * x.dim(3), x.dim(3)) : taps(frameW * channels, channels);
    }

    @Override
    public String method() {
        return k == channels ? "direct 1×1" : "direct";
    }

    @Override
    public int packedSize() {
        return Math.multiplyExact(groups, groupSize);
    }

    @Override
    public Work pack(View filters, float[] packed, int to) {
        int inner = w.dim(2);
        int outer = w.dim(3);
        int count = rows.taps() * columns.taps();
        return Work.split(
                groups * count,
                Workers.grain((long) channels * outs),
                (first, end) -> {
                    for (int t = first; t < end; t++) {
                        int g = t / count;
                        int tap = t % count;
                        int i = rows.weightStart() + tap / columns.taps() * rows.weightStep();
                        int j = columns.weightStart() + tap % columns.taps() * columns.weightStep();
                        int at = filters.offset() + (i * w.dim(1) + j) * inner * outer;
                        Panels.pack(
                                filters.floats(),
                                at + g * (adjoint ? channels : outs),
                                adjoint ? 1 : outer,
                                adjoint ? outer : 1,
                                tap * channels,
                                (tap + 1) * channels,
                                k,
                                outs,
                                packed,
                                to + g * groupSize);
                    }
                });
    }

    @Override
    public Work multiply(View image, float[] packed, int at, View result, Target target) {
        if (rows.outputs() == 0 || columns.outputs() == 0) {
            return Work.NONE;
        }
        long work = (long) band * columns.outputs() * k * outs / slices / SpeciesSimd.LANES;
        return Work.split(
                y.dim(0) * bands * groups * slices,
                Workers.grain(work),
                (first, end) -> {
                    float[] tile = Scratch.borrow(TilesSimd.tileSize());
                    for (int task = first; task < end; task++) {
                        task(task, image, packed, at, result, target, tile);
                    }
                    Scratch.giveBack(tile);
                });
    }

    private void task(
            int task,
            View image,
            float[] packed,
            int at,
            View result,
            Target target,
            float[] tile) {
        int g = task / slices % groups;
        int p = task / slices / groups % bands * band;
        int n = task / slices / groups / bands;
        int height = Math.min(band, rows.outputs() - p);
        int from = image.offset() + n * x.product(1, 4);
        int[] rowY = Scratch.borrowInts(height * columns.outputs());
        outputs(p, height, result.offset(), n, rowY);
        if (direct) {
            int c = x.dim(3);
            int start = from + (rows.from(p) * x.dim(2) + columns.start()) * c + g * channels;
            float[] pixels = image.floats();
            product(
                    task,
                    height,
                    pixels,
                    start,
                    x.dim(2) * c,
                    c,
                    packed,
                    at,
                    result,
                    rowY,
                    target,
                    tile);
        } else {
            int frameH = rows.span(p, p + height - 1);
            float[] frame = Scratch.borrow(frameH * frameW * channels);
            Frame.copy(
                    image.floats(),
                    from,
                    x.dim(1),
                    x.dim(2),
                    x.dim(3),
                    g * channels,
                    channels,
                    rows.from(p),
                    frameH,
                    columns.start(),
                    frameW,
                    frame,
                    0);
            product(
                    task,
                    height,
                    frame,
                    0,
                    frameW * channels,
                    channels,
                    packed,
                    at,
                    result,
                    rowY,
                    target,
                    tile);
            Scratch.giveBack(frame);
        }
        Scratch.giveBack(rowY);
    }

    private void product(
            int task,
            int height,
            float[] pixels,
            int start,
            int rowStep,
            int pixel,
            float[] packed,
            int at,
            View result,
            int[] rowY,
            Target target,
            float[] tile) {
        int slice = task % slices;
        int g = task / slices % groups;
        int panels = Panels.count(outs, WIDTH);
        int[] rowX = Scratch.borrowInts(height * columns.outputs());
        sources(height, start, rowStep, pixel, rowX);
        TilesSimd.multiply(
                pixels,
                rowX,
                rowY,
                height * columns.outputs(),
                taps,
                packed,
                at + g * groupSize,
                0,
                0,
                (int) ((long) panels * slice / slices),
                (int) ((long) panels * (slice + 1) / slices),
                outs,
                g * outs,
                result.floats(),
                target,
                tile);
        Scratch.giveBack(rowX);
    }

    /// Output rows of one piece of work.
    private static int band(Axis rows, Axis columns, int width, int channels, int n) {
        int halo = Math.max(0, rows.taps() - 1) * rows.tapStep();
        int fit = (BAND / Math.max(1, width * channels) - halo) / rows.stride();
        int least = Math.min(rows.outputs(), Math.ceilDiv(LEAST_TILES * ROWS, columns.outputs()));
        int spread = (rows.outputs() * n + ENOUGH_TASKS - 1) / ENOUGH_TASKS;
        int band = Math.max(least, Math.min(Math.min(fit, spread), rows.outputs()));
        int best = band;
        for (int b = band + 1; b <= Math.min(band + MORE_ROWS, rows.outputs()); b++) {
            best = tiles(rows, columns, b) < tiles(rows, columns, best) ? b : best;
        }
        return best;
    }

    /// Tiles of the micro-kernel that bands of this height take: rows that the last tile of a band
    /// lacks cost as much as those it has.
    private static int tiles(Axis rows, Axis columns, int band) {
        int whole = Math.ceilDiv(band * columns.outputs(), ROWS);
        int rest = rows.outputs() % band * columns.outputs();
        return rows.outputs() / band * whole + Math.ceilDiv(rest, ROWS);
    }

    /// Positions of the first tap of each output pixel.
    private void sources(int height, int at, int rowStep, int pixel, int[] from) {
        int i = 0;
        for (int p = 0; p < height; p++) {
            int row = at + p * rows.stride() * rowStep;
            for (int q = 0; q < columns.outputs(); q++) {
                from[i++] = row + q * columns.stride() * pixel;
            }
        }
    }

    /// Positions of the output pixels.
    private void outputs(int p, int height, int at, int image, int[] to) {
        int i = 0;
        for (int u = p; u < p + height; u++) {
            int row = image * y.dim(1) + rows.outStart() + u * rows.outStep();
            for (int q = 0; q < columns.outputs(); q++) {
                int column = columns.outStart() + q * columns.outStep();
                to[i++] = at + (row * y.dim(2) + column) * y.dim(3);
            }
        }
    }

    private Segments taps(int rowStep, int pixel) {
        boolean runs = columns.tapStep() == 1 && pixel == channels;
        int perRow = runs ? Math.min(1, columns.taps()) : columns.taps();
        int[] offsets = new int[rows.taps() * perRow];
        for (int i = 0; i < rows.taps(); i++) {
            for (int j = 0; j < perRow; j++) {
                offsets[i * perRow + j] =
                        i * rows.tapStep() * rowStep + j * columns.tapStep() * pixel;
            }
        }
        return Segments.of(offsets, runs ? columns.taps() * channels : channels, Blocks.DEPTH);
    }
}
