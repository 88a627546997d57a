package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Blocks;
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
final class CorrelateSimd {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final Blocks BLOCKS = Blocks.of(SpeciesSimd.LANES);

    /// Elements of a framed band: 128 KB, a quarter of a second-level cache.
    private static final int BAND = 1 << 15;

    /// Below this number of pieces of work, bands and columns are divided further.
    private static final int ENOUGH_TASKS = 16;

    private CorrelateSimd() {}

    /// Correlates `x` with `w` along both axes and stores to `y`.
    ///
    /// @param adjoint whether the roles of the weight's two channel axes are exchanged
    static void run(
            Axis rows,
            Axis columns,
            int groups,
            boolean adjoint,
            View x,
            View w,
            View y,
            Target target,
            Workers workers) {
        Shape xs = x.shape();
        Shape ys = y.shape();
        int n = ys.dim(0);
        if (rows.outputs() == 0 || columns.outputs() == 0) {
            return;
        }
        int channels = xs.dim(3) / groups;
        int outs = ys.dim(3) / groups;
        int k = rows.taps() * columns.taps() * channels;
        int packedSize = Panels.size(k, outs, WIDTH);
        float[] packed = Scratch.borrow(groups * packedSize);
        pack(rows, columns, groups, adjoint, w, channels, outs, k, packed, packedSize, workers);

        boolean direct = rows.isInside(xs.dim(1)) && columns.isInside(xs.dim(2));
        int frameW = columns.span(0, columns.outputs() - 1);
        int panels = Panels.count(outs, WIDTH);
        int band =
                band(
                        rows,
                        columns,
                        direct ? columns.outputs() * columns.stride() : frameW,
                        channels,
                        n);
        int bands = (rows.outputs() + band - 1) / band;
        int pieces = n * bands * groups;
        int slices = pieces >= ENOUGH_TASKS ? 1 : Math.min(panels, ENOUGH_TASKS / pieces);
        long work = (long) band * columns.outputs() * k * outs / slices / SpeciesSimd.LANES;
        workers.split(
                pieces * slices,
                Workers.grain(work),
                (first, end) -> {
                    float[] tile = Scratch.borrow(TilesSimd.tileSize());
                    for (int task = first; task < end; task++) {
                        int slice = task % slices;
                        int g = task / slices % groups;
                        int p = task / slices / groups % bands * band;
                        int image = task / slices / groups / bands;
                        int height = Math.min(band, rows.outputs() - p);
                        int at = x.offset() + image * xs.product(1, 4);
                        int[] rowY = outputs(rows, columns, p, height, y, image);
                        int left = (int) ((long) panels * slice / slices);
                        int right = (int) ((long) panels * (slice + 1) / slices);
                        if (direct) {
                            int c = xs.dim(3);
                            int start =
                                    at
                                            + (rows.from(p) * xs.dim(2) + columns.start()) * c
                                            + g * channels;
                            TilesSimd.multiply(
                                    x.floats(),
                                    sources(rows, columns, height, start, xs.dim(2) * c, c),
                                    rowY,
                                    height * columns.outputs(),
                                    taps(rows, columns, xs.dim(2) * c, c, channels),
                                    packed,
                                    g * packedSize,
                                    left,
                                    right,
                                    outs,
                                    g * outs,
                                    target,
                                    tile);
                        } else {
                            int frameH = rows.span(p, p + height - 1);
                            float[] frame = Scratch.borrow(frameH * frameW * channels);
                            Frame.copy(
                                    x.floats(),
                                    at,
                                    xs.dim(1),
                                    xs.dim(2),
                                    xs.dim(3),
                                    g * channels,
                                    channels,
                                    rows.from(p),
                                    frameH,
                                    columns.start(),
                                    frameW,
                                    frame,
                                    0);
                            TilesSimd.multiply(
                                    frame,
                                    sources(rows, columns, height, 0, frameW * channels, channels),
                                    rowY,
                                    height * columns.outputs(),
                                    taps(rows, columns, frameW * channels, channels, channels),
                                    packed,
                                    g * packedSize,
                                    left,
                                    right,
                                    outs,
                                    g * outs,
                                    target,
                                    tile);
                            Scratch.giveBack(frame);
                        }
                    }
                    Scratch.giveBack(tile);
                });
        Scratch.giveBack(packed);
    }

    /// Output rows of one piece of work.
    static int band(Axis rows, Axis columns, int width, int channels, int n) {
        int halo = Math.max(0, rows.taps() - 1) * rows.tapStep();
        int fit = (BAND / Math.max(1, width * channels) - halo) / rows.stride();
        int least =
                Math.min(rows.outputs(), (23 + columns.outputs()) / columns.outputs()); // 4 tiles
        int spread = (rows.outputs() * n + ENOUGH_TASKS - 1) / ENOUGH_TASKS;
        int band = Math.max(least, Math.min(Math.min(fit, spread), rows.outputs()));
        int bands = (rows.outputs() + band - 1) / band;
        return (rows.outputs() + bands - 1) / bands;
    }

    /// Positions of the first tap of each output pixel.
    static int[] sources(Axis rows, Axis columns, int height, int at, int rowStep, int pixel) {
        int[] from = new int[height * columns.outputs()];
        int i = 0;
        for (int p = 0; p < height; p++) {
            int row = at + p * rows.stride() * rowStep;
            for (int q = 0; q < columns.outputs(); q++) {
                from[i++] = row + q * columns.stride() * pixel;
            }
        }
        return from;
    }

    /// Positions of the output pixels.
    static int[] outputs(Axis rows, Axis columns, int p, int height, View y, int image) {
        Shape ys = y.shape();
        int[] to = new int[height * columns.outputs()];
        int i = 0;
        for (int u = p; u < p + height; u++) {
            int row = image * ys.dim(1) + rows.outStart() + u * rows.outStep();
            for (int q = 0; q < columns.outputs(); q++) {
                int column = columns.outStart() + q * columns.outStep();
                to[i++] = y.offset() + (row * ys.dim(2) + column) * ys.dim(3);
            }
        }
        return to;
    }

    private static Segments taps(Axis rows, Axis columns, int rowStep, int pixel, int channels) {
        boolean runs = columns.tapStep() == 1 && pixel == channels;
        int perRow = runs ? Math.min(1, columns.taps()) : columns.taps();
        int[] offsets = new int[rows.taps() * perRow];
        for (int i = 0; i < rows.taps(); i++) {
            for (int j = 0; j < perRow; j++) {
                offsets[i * perRow + j] =
                        i * rows.tapStep() * rowStep + j * columns.tapStep() * pixel;
            }
        }
        return Segments.of(offsets, runs ? columns.taps() * channels : channels, BLOCKS.depth());
    }

    private static void pack(
            Axis rows,
            Axis columns,
            int groups,
            boolean adjoint,
            View w,
            int channels,
            int outs,
            int k,
            float[] packed,
            int packedSize,
            Workers workers) {
        Shape ws = w.shape();
        int inner = ws.dim(2);
        int outer = ws.dim(3);
        int taps = rows.taps() * columns.taps();
        workers.split(
                groups * taps,
                Workers.grain((long) channels * outs),
                (first, end) -> {
                    for (int t = first; t < end; t++) {
                        int g = t / taps;
                        int i = rows.weightStart() + t % taps / columns.taps() * rows.weightStep();
                        int j = columns.weightStart() + t % columns.taps() * columns.weightStep();
                        int at = w.offset() + (i * ws.dim(1) + j) * inner * outer;
                        Panels.pack(
                                w.floats(),
                                at + g * (adjoint ? channels : outs),
                                adjoint ? 1 : outer,
                                adjoint ? outer : 1,
                                t % taps * channels,
                                (t % taps + 1) * channels,
                                k,
                                outs,
                                WIDTH,
                                packed,
                                g * packedSize);
                    }
                });
    }
}
