package javelin.kernels.conv;

import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.TilesSimd;

import java.util.Arrays;

/// Gradient of 3×3 filters in the domain of Winograd's minimal filtering: for each tile the 6×6
/// inputs are correlated with the 4×4 cotangents, which gives 3×3 sums: `dw = Aᵀ [Σ_tiles (Bᵀ x B)
/// ⊙ (G dy Gᵀ)] A`, one matrix product `[c, tiles] · [tiles, o]` per point of the domain.
///
/// Tiles are divided into chunks that depend on the problem only; each chunk sums on its own, and
/// the sums are added in order. With many channels the sums of all points would not stay in the
/// second-level cache: then [WinogradPairsSimd] goes through the pairs of channels instead.
final class WinogradWeightSimd {
    private static final int WIDTH = TilesSimd.WIDTH;
    static final WinogradTile TILE = WinogradTile.F4;
    static final int POINTS = TILE.points();

    /// Elements of what is transformed at a time: 512 KB.
    private static final int BLOCK = 1 << 17;

    /// Fewer tiles per block do not pay for reading and writing the sums.
    private static final int LEAST_BLOCK = 32;

    private static final int MOST_CHUNKS = 8;

    /// Most pairs of channels whose sums stay in the cache.
    private static final int MOST_PAIRS = 1 << 14;

    private WinogradWeightSimd() {}

    /// @param x `[n, h, w, c]`
    /// @param dy `[n, oh, ow, o]`
    /// @param dw `[3, 3, c, o]`
    /// @param top zeros above `x`, and `left` of it
    static void run(View x, View dy, View dw, int top, int left, Workers workers) {
        int c = x.shape().dim(3);
        int o = dy.shape().dim(3);
        int size = POINTS * c * o;
        int down = TILE.down(dy.shape());
        int across = TILE.across(dy.shape());
        var inputs =
                new Patches(
                        x, TILE.patch(), TILE.outputs(), TILE.outputs(), top, left, down, across);
        var cotangents =
                new Patches(dy, TILE.outputs(), TILE.outputs(), TILE.outputs(), 0, 0, down, across);
        int tiles = TILE.tiles(dy.shape());
        if (c * o > MOST_PAIRS) {
            int most = WinogradPairsSimd.MOST_ELEMENTS;
            WinogradPairsSimd.run(inputs, cotangents, tiles, dw, most, workers);
            return;
        }
        int block = Math.max(LEAST_BLOCK, BLOCK / (POINTS * (c + padded(o))));
        int chunks = Math.clamp(tiles / block, 1, MOST_CHUNKS);
        float[] sums = Scratch.borrow(chunks * size);
        workers.run(
                chunks,
                chunk -> {
                    int from = (int) ((long) tiles * chunk / chunks);
                    int to = (int) ((long) tiles * (chunk + 1) / chunks);
                    for (int t = from; t < to; t += block) {
                        int n = Math.min(block, to - t);
                        block(inputs, cotangents, t, n, c, o, sums, chunk * size, t == from);
                    }
                });
        int lanes = SpeciesSimd.LANES;
        int grain = Math.ceilDiv(Workers.grain(POINTS * (chunks + 4L)), lanes) * lanes;
        workers.split(c * o, grain, (from, to) -> finish(sums, size, chunks, c * o, from, to, dw));
        Scratch.giveBack(sums);
    }

    /// Columns of a matrix that is read by whole panels.
    static int padded(int o) {
        return Math.ceilDiv(o, WIDTH) * WIDTH;
    }

    /// Adds the products of `n` tiles to the sums, or begins them.
    private static void block(
            Patches inputs,
            Patches cotangents,
            int from,
            int n,
            int c,
            int o,
            float[] sums,
            int at,
            boolean first) {
        int pitch = ConvWeightSimd.pitch(c);
        float[] v = Scratch.borrow(POINTS * n * pitch);
        float[] g = Scratch.borrow(POINTS * n * padded(o));
        inputs(inputs, from, n, c, v, 0, c, pitch, n * pitch);
        cotangents(cotangents, from, n, o, g, 0, n * WIDTH);
        float[] tile = Scratch.borrow(TilesSimd.tileSize());
        for (int p = 0; p < POINTS; p++) {
            for (int j = 0; j < o; j += WIDTH) {
                ConvWeightSimd.product(
                        v,
                        p * n * pitch,
                        pitch,
                        c,
                        g,
                        (p + j / WIDTH * POINTS) * n * WIDTH,
                        n,
                        sums,
                        at + p * c * o + j,
                        o,
                        Math.min(WIDTH, o - j),
                        first,
                        tile);
            }
        }
        Scratch.giveBack(tile);
        Scratch.giveBack(g);
        Scratch.giveBack(v);
    }

    /// `Bᵀ x B` of tiles `from` to `from + n`, in blocks of `width` channels: numbers of tile `t`,
    /// point `p` and block `b` begin at `at + t·pitch + (p + 36·b)·step` of `v`.
    static void inputs(
            Patches tiles,
            int from,
            int n,
            int c,
            float[] v,
            int at,
            int width,
            int pitch,
            int step) {
        float[] half = Scratch.borrow(POINTS * SpeciesSimd.LANES);
        float[] copy = Scratch.borrow(POINTS * c);
        int rows = TILE.patch();
        for (int t = 0; t < n; t++) {
            for (int c0 = 0; c0 < c; c0 += width) {
                WinogradSimd.patch(
                        TILE,
                        tiles,
                        from + t,
                        c0,
                        Math.min(width, c - c0),
                        copy,
                        half,
                        v,
                        at + t * pitch + c0 / width * POINTS * step,
                        rows,
                        rows * step,
                        0,
                        step);
            }
        }
        Scratch.giveBack(copy);
        Scratch.giveBack(half);
    }

    /// `G dy Gᵀ` of tiles `from` to `from + n`, in panels: numbers of tile `t`, point `p` and panel
    /// `j` begin at `at + t·WIDTH + (p + 36·j)·step` of `g`, with zeros behind the last channel.
    static void cotangents(Patches tiles, int from, int n, int o, float[] g, int at, int step) {
        int p = TILE.patch();
        int s = TILE.outputs();
        float[] half = Scratch.borrow(p * s * o);
        float[] patch = Scratch.borrow(s * s * o);
        if (o % WIDTH > 0) {
            int last = at + o / WIDTH * POINTS * step;
            for (int q = 0; q < POINTS; q++) {
                Arrays.fill(g, last + q * step, last + q * step + n * WIDTH, 0);
            }
        }
        for (int t = 0; t < n; t++) {
            boolean inside = tiles.isInside(from + t);
            if (!inside) {
                tiles.copy(from + t, patch);
            }
            WinogradTransformsSimd.filter4(
                    inside ? tiles.x().floats() : patch,
                    inside ? tiles.at(from + t) : 0,
                    inside ? tiles.step() : s * o,
                    half,
                    0,
                    s * o,
                    s * o);
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < o; j += WIDTH) {
                    WinogradTransformsSimd.filter4(
                            half,
                            i * s * o + j,
                            o,
                            g,
                            at + t * WIDTH + (i * p + j / WIDTH * POINTS) * step,
                            step,
                            Math.min(WIDTH, o - j));
                }
            }
        }
        Scratch.giveBack(patch);
        Scratch.giveBack(half);
    }

    /// Adds the chunks and transforms pairs of channels `from` to `to` of all points to all taps.
    private static void finish(
            float[] sums, int size, int chunks, int pairs, int from, int to, View dw) {
        int n = to - from;
        for (int chunk = 1; chunk < chunks; chunk++) {
            for (int p = 0; p < POINTS; p++) {
                int at = p * pairs + from;
                ConvWeightSimd.add(sums, chunk * size + at, sums, at, n);
            }
        }
        float[] half = Scratch.borrow(3 * TILE.patch() * n);
        taps(sums, from, pairs, n, half, dw.floats(), dw.offset() + from, pairs);
        Scratch.giveBack(half);
    }

    /// `Aᵀ s A`: the 36 points of `n` neighbouring pairs of channels, `step` apart, to nine taps,
    /// `stepY` apart.
    ///
    /// @param half memory for `18·n` numbers
    static void taps(
            float[] sums, int at, int step, int n, float[] half, float[] y, int to, int stepY) {
        int six = TILE.patch();
        for (int j = 0; j < six; j++) {
            WinogradTransformsSimd.output3(
                    sums, at + j * step, six * step, half, j * n, six * n, n);
        }
        for (int i = 0; i < 3; i++) {
            WinogradTransformsSimd.output3(half, i * six * n, n, y, to + 3 * i * stepY, stepY, n);
        }
    }
}
