package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Blocks;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Panels;
import javelin.kernels.matmul.Segments;
import javelin.kernels.matmul.Target;
import javelin.kernels.matmul.TilesSimd;

import java.util.Arrays;

/// A correlation with few output channels, such as the gradient to an image of three: every source
/// pixel is multiplied with the filters of all taps, `p[pixel, tap·outs + o]`, which fills vectors
/// where one tap does not; then each output adds up its taps from shifted pixels. Step 1, one
/// group.
final class TapsProduct implements PackedProduct {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final int LANES = SpeciesSimd.LANES;
    private static final int DEPTH = Blocks.DEPTH;

    /// Products of one band of rows: 1 MB.
    private static final int BAND = 1 << 18;

    private static final int ENOUGH_TASKS = 16;

    private final Axis rows;
    private final Axis columns;
    private final boolean adjoint;
    private final Shape x;
    private final Shape w;
    private final Shape y;
    private final int channels;
    private final int outs;
    private final int taps;
    private final int band;
    private final int bands;
    private final Segments depth;

    /// Correlation of images `x` with filters `w` along both axes to `y`; see [#pays].
    ///
    /// @param adjoint whether the roles of the weight's two channel axes are exchanged
    TapsProduct(Axis rows, Axis columns, boolean adjoint, Shape x, Shape w, Shape y) {
        this.rows = rows;
        this.columns = columns;
        this.adjoint = adjoint;
        this.x = x;
        this.w = w;
        this.y = y;
        channels = x.dim(3);
        outs = y.dim(3);
        taps = rows.taps() * columns.taps();
        int fit = BAND / (x.dim(2) * taps * outs) - (rows.taps() - 1) * rows.tapStep();
        int spread = Math.ceilDiv(rows.outputs() * x.dim(0), ENOUGH_TASKS);
        int least = Math.min(8 * rows.taps(), rows.outputs()); // few rows are multiplied twice
        int height = Math.clamp(Math.max(least, spread), 1, Math.max(1, fit));
        bands = Math.ceilDiv(rows.outputs(), height);
        band = Math.ceilDiv(rows.outputs(), bands);
        depth = Segments.of(new int[] {0}, channels, DEPTH);
    }

    /// Whether this takes fewer cycles than a product per tap, by the multiply-adds of whole
    /// vectors and two cycles for each number that is added up.
    static boolean pays(Axis rows, Axis columns, int groups, Shape x, Shape y) {
        int taps = rows.taps() * columns.taps();
        if (groups > 1
                || rows.stride() > 1
                || columns.stride() > 1
                || rows.outputs() == 0
                || columns.outputs() == 0
                || taps < 2) {
            return false;
        }
        long c = x.dim(3);
        int o = y.dim(3);
        long perTap = taps * c * Panels.count(o, LANES) * LANES;
        long atOnce = c * Panels.count(taps * o, WIDTH) * WIDTH * 9 / 8 + 2L * LANES * taps * o;
        return atOnce < perTap;
    }

    @Override
    public String method() {
        return "taps first";
    }

    @Override
    public int packedSize() {
        return Panels.size(channels, taps * outs, WIDTH);
    }

    @Override
    public Work pack(View filters, float[] packed, int to) {
        return _ -> {
            Arrays.fill(packed, to, to + packedSize(), 0);
            int inner = w.dim(2);
            int outer = w.dim(3);
            for (int t = 0; t < taps; t++) {
                int i = rows.weightStart() + t / columns.taps() * rows.weightStep();
                int j = columns.weightStart() + t % columns.taps() * columns.weightStep();
                int at = filters.offset() + (i * w.dim(1) + j) * inner * outer;
                for (int o = 0; o < outs; o++) {
                    int column = t * outs + o;
                    int from = at + (adjoint ? o * outer : o);
                    int panel = to + column / WIDTH * channels * WIDTH + column % WIDTH;
                    for (int c = 0; c < channels; c++) {
                        packed[panel + c * WIDTH] =
                                filters.floats()[from + (adjoint ? c : c * outer)];
                    }
                }
            }
        };
    }

    @Override
    public Work multiply(View image, float[] packed, int at, View result, Target target) {
        long work = (long) band * x.dim(2) * channels * Panels.count(taps * outs, WIDTH) * 2;
        return Work.split(
                y.dim(0) * bands,
                Workers.grain(work),
                (first, end) -> {
                    for (int task = first; task < end; task++) {
                        band(task / bands, task % bands * band, image, packed, at, result, target);
                    }
                });
    }

    /// Output rows from `u` on of image `n`.
    private void band(
            int n, int u, View image, float[] packed, int at, View result, Target target) {
        int end = Math.min(u + band, rows.outputs());
        int h = x.dim(1);
        int top = Math.clamp(rows.from(u), 0, h);
        int bottom = Math.clamp(rows.from(u) + rows.span(u, end - 1), top, h);
        int pixels = (bottom - top) * x.dim(2);
        int wide = taps * outs;
        float[] products = Scratch.borrow(pixels * wide);
        int[] rowX = Scratch.borrowInts(pixels);
        int[] rowP = Scratch.borrowInts(pixels);
        int from = image.offset() + (n * h + top) * x.dim(2) * channels;
        for (int p = 0; p < pixels; p++) {
            rowX[p] = from + p * channels;
            rowP[p] = p * wide;
        }
        float[] tile = Scratch.borrow(TilesSimd.tileSize());
        TilesSimd.multiply(
                image.floats(),
                rowX,
                rowP,
                pixels,
                depth,
                packed,
                at,
                0,
                0,
                0,
                Panels.count(wide, WIDTH),
                wide,
                0,
                products,
                Target.PLAIN,
                tile);
        Scratch.giveBack(tile);
        Scratch.giveBack(rowP);
        Scratch.giveBack(rowX);
        float[] sums = Scratch.borrow(columns.outputs() * outs);
        for (int v = u; v < end; v++) {
            Arrays.fill(sums, 0, columns.outputs() * outs, 0);
            for (int i = 0; i < rows.taps(); i++) {
                int r = rows.from(v) + i * rows.tapStep();
                if (r >= 0 && r < h) {
                    addRow(products, (r - top) * x.dim(2) * wide, i, sums);
                }
            }
            int row = n * y.dim(1) + rows.outStart() + v * rows.outStep();
            for (int q = 0; q < columns.outputs(); q++) {
                int column = columns.outStart() + q * columns.outStep();
                int to = result.offset() + (row * y.dim(2) + column) * outs;
                TilesSimd.row(target, result.floats(), sums, q * outs, to, 0, outs);
            }
        }
        Scratch.giveBack(sums);
        Scratch.giveBack(products);
    }

    /// Adds the taps of row `i` of the window, whose source pixels' products begin at `at`.
    private void addRow(float[] products, int at, int i, float[] sums) {
        int wide = taps * outs;
        for (int j = 0; j < columns.taps(); j++) {
            int shift = columns.start() + j * columns.tapStep();
            int first = Math.clamp(-shift, 0, columns.outputs());
            int end = Math.clamp(x.dim(2) - shift, first, columns.outputs());
            int from = at + (first + shift) * wide + (i * columns.taps() + j) * outs;
            add(products, from, wide, sums, first * outs, outs, end - first);
        }
    }

    /// `y[to + q·n + o] += x[at + q·step + o]` for `q < count`, `o < n`.
    private static void add(float[] x, int at, int step, float[] y, int to, int n, int count) {
        if (n == 3) { // colour images; a loop of three costs more than its additions
            for (int q = 0; q < count; q++) {
                int from = at + q * step;
                int z = to + 3 * q;
                y[z] += x[from];
                y[z + 1] += x[from + 1];
                y[z + 2] += x[from + 2];
            }
            return;
        }
        for (int q = 0; q < count; q++) {
            for (int o = 0; o < n; o++) {
                y[to + q * n + o] += x[at + q * step + o];
            }
        }
    }
}
