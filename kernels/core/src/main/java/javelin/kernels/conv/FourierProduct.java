package javelin.kernels.conv;

import javelin.kernels.HostBuffer;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.fft.ComplexFloats;
import javelin.kernels.fft.ComplexPlan;
import javelin.kernels.matmul.Matmul;
import javelin.kernels.matmul.MatmulCpu;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Target;
import javelin.kernels.matmul.TilesSimd;

import java.util.Arrays;

/// Convolution by Fourier transforms of overlapping tiles (overlap-save): `Y = X · W*` at each
/// frequency, where `X` has the tiles as rows and the channels as columns. Complex products are
/// real ones of twice the size, `[tiles, 2c] · [2c, 2o]`, with real and imaginary parts in turn.
///
/// Filters are real, so two tiles go through it at once as real and imaginary part, and come out
/// so. Such pairs are taken in lots; all channels of a lot together are the columns of the
/// transforms, which run along rows and columns of tiles.
final class FourierProduct implements PackedProduct {
    /// Numbers of the transformed inputs and products of a lot: 8 MB, as filters are as large.
    private static final int LOT = 1 << 21;

    private static final int LEAST_PAIRS = 12;

    private final int side;
    private final int points;
    private final int kh;
    private final int kw;
    private final int c;
    private final int o;
    private final int top;
    private final int left;
    private final int down;
    private final int across;
    private final int tiles;
    private final int lots;
    private final int lot; // pairs of tiles of a lot
    private final PackedProduct products;

    /// Convolution of `x [n, h, w, c]` to `y [n, oh, ow, o]` by filters `[kh, kw, c, o]`.
    ///
    /// @param side rows and columns of a tile, a power of two
    FourierProduct(int side, Geometry g, Shape x, Shape w, Shape y) {
        this.side = side;
        points = side * side;
        kh = w.dim(0);
        kw = w.dim(1);
        c = x.dim(3);
        o = y.dim(3);
        top = g.padTop();
        left = g.padLeft();
        down = Math.ceilDiv(y.dim(1), side - kh + 1);
        across = Math.ceilDiv(y.dim(2), side - kw + 1);
        tiles = Fourier.tiles(side, w, y);
        int pairs = Math.ceilDiv(tiles, 2);
        int fit = Math.max(LEAST_PAIRS, LOT / (2 * points * (c + o)));
        lots = Math.ceilDiv(pairs, fit);
        lot = Math.ceilDiv(pairs, lots);
        products =
                MatmulCpu.packed(
                        new Matmul(false, false),
                        Shape.of(points, lot, 2 * c),
                        Shape.of(points, 2 * c, 2 * o),
                        Shape.of(points, lot, 2 * o));
    }

    @Override
    public String method() {
        return "fourier %d×%d".formatted(side, side);
    }

    @Override
    public int packedSize() {
        return products.packedSize();
    }

    /// Transformed filters as matrices `[[Re, −Im], [Im, Re]]`, packed.
    @Override
    public Work pack(View w, float[] packed, int at) {
        int pairs = c * o;
        return workers -> {
            float[] taps = new float[2 * points * pairs];
            for (int i = 0; i < kh * kw; i++) {
                int to = 2 * (i / kw * side + i % kw) * pairs;
                for (int j = 0; j < pairs; j++) {
                    taps[to + 2 * j] = w.floats()[w.offset() + i * pairs + j];
                }
            }
            forward(taps, pairs).run(workers);
            float[] matrices = new float[4 * points * pairs];
            workers.split(
                    points,
                    Workers.grain(4L * pairs),
                    (from, to) -> {
                        for (int p = from; p < to; p++) {
                            matrix(taps, 2 * p * pairs, matrices, 4 * p * pairs);
                        }
                    });
            var all = new HostBuffer.Floats(matrices);
            products.pack(View.of(all, Shape.of(points, 2 * c, 2 * o)), packed, at).run(workers);
        };
    }

    private void matrix(float[] spectrum, int at, float[] y, int to) {
        for (int i = 0; i < c; i++) {
            int real = to + 2 * i * 2 * o;
            int imaginary = real + 2 * o;
            for (int j = 0; j < o; j++) {
                float re = spectrum[at + 2 * (i * o + j)];
                float im = spectrum[at + 2 * (i * o + j) + 1];
                y[real + 2 * j] = re;
                y[real + 2 * j + 1] = -im;
                y[imaginary + 2 * j] = im;
                y[imaginary + 2 * j + 1] = re;
            }
        }
    }

    /// Complex tiles `[side, side, columns]` to their spectra, in place.
    private Work forward(float[] x, int columns) {
        var pairs = ComplexFloats.interleaved(x, 0);
        return ComplexPlan.of(1, side, side * columns)
                .forward(pairs, pairs)
                .then(ComplexPlan.of(side, side, columns).forward(pairs, pairs));
    }

    private Work inverse(float[] x, int columns) {
        var pairs = ComplexFloats.interleaved(x, 0);
        return ComplexPlan.of(side, side, columns)
                .inverse(pairs, pairs)
                .then(ComplexPlan.of(1, side, side * columns).inverse(pairs, pairs));
    }

    @Override
    public Work multiply(View x, float[] packed, int at, View y, Target target) {
        float[] in = new float[2 * points * lot * c];
        float[] out = new float[2 * points * lot * o];
        var from = View.of(new HostBuffer.Floats(in), Shape.of(points, lot, 2 * c));
        var to = View.of(new HostBuffer.Floats(out), Shape.of(points, lot, 2 * o));
        Work between =
                forward(in, lot * c)
                        .then(products.multiply(from, packed, at, to, Target.PLAIN))
                        .then(inverse(out, lot * o));
        var patches = new Patches(x, side, side - kh + 1, side - kw + 1, top, left, down, across);
        Work[] all = new Work[lots];
        for (int l = 0; l < lots; l++) {
            int first = 2 * l * lot;
            Work gather =
                    Work.split(
                            lot,
                            Workers.grain((long) side * side * c),
                            (f, e) -> gather(patches, first, f, e, in));
            Work scatter =
                    Work.split(
                            Math.min(2 * lot, tiles - first),
                            Workers.grain((long) side * side * o),
                            (f, e) -> scatter(out, first, f, e, y, target));
            all[l] = gather.then(between).then(scatter);
        }
        return workers -> {
            for (Work w : all) {
                w.run(workers);
            }
        };
    }

    /// Pairs `from` to `end` of the tiles from `first` on to `[side, side, lot, c]`.
    private void gather(Patches patches, int first, int from, int end, float[] x) {
        float[] real = Scratch.borrow(points * c);
        float[] imaginary = Scratch.borrow(points * c);
        for (int t = from; t < end; t++) {
            int tile = first + 2 * t;
            if (tile >= tiles) {
                break; // what the last lot has too many is never read
            }
            patches.copy(tile, real);
            if (tile + 1 < tiles) {
                patches.copy(tile + 1, imaginary);
            } else {
                Arrays.fill(imaginary, 0, points * c, 0);
            }
            for (int i = 0; i < points; i++) {
                int to = 2 * (i * lot + t) * c;
                for (int j = 0; j < c; j++) {
                    x[to + 2 * j] = real[i * c + j];
                    x[to + 2 * j + 1] = imaginary[i * c + j];
                }
            }
        }
        Scratch.giveBack(imaginary);
        Scratch.giveBack(real);
    }

    /// Tiles `first + from` to `first + end`, the epilogue, and the pixels that exist.
    private void scatter(float[] x, int first, int from, int end, View y, Target target) {
        int h = y.shape().dim(1);
        int w = y.shape().dim(2);
        float[] pixel = Scratch.borrow(o);
        for (int t = from; t < end; t++) {
            int tile = first + t;
            int row = tile / across % down * (side - kh + 1);
            int column = tile % across * (side - kw + 1);
            int at = y.offset() + ((tile / across / down * h + row) * w + column) * o;
            int tall = Math.min(side - kh + 1, h - row);
            int wide = Math.min(side - kw + 1, w - column);
            for (int i = 0; i < tall * wide; i++) {
                int r = i / wide;
                int q = i % wide;
                int part = 2 * ((r * side + q) * lot + t / 2) * o + t % 2;
                for (int j = 0; j < o; j++) {
                    pixel[j] = x[part + 2 * j];
                }
                TilesSimd.row(target, y.floats(), pixel, 0, at + (r * w + q) * o, 0, o);
            }
        }
        Scratch.giveBack(pixel);
    }
}
