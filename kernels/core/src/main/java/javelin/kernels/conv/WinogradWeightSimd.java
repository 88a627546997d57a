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
/// the sums are added in order.
final class WinogradWeightSimd {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final WinogradTile TILE = WinogradTile.F4;
    private static final int POINTS = TILE.points();

    /// Elements of what is transformed at a time: 512 KB.
    private static final int BLOCK = 1 << 17;

    /// Fewer tiles per block do not pay for reading and writing the sums.
    private static final int LEAST_BLOCK = 32;

    private static final int MOST_CHUNKS = 8;

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

    /// Distance of the rows of a matrix that is read by whole panels.
    private static int padded(int o) {
        return ConvWeightSimd.pitch(Math.ceilDiv(o, WIDTH) * WIDTH);
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
        int wide = padded(o);
        int pitch = ConvWeightSimd.pitch(c);
        float[] v = Scratch.borrow(POINTS * n * pitch);
        float[] g = Scratch.borrow(POINTS * n * wide);
        inputs(inputs, from, n, c, pitch, v);
        cotangents(cotangents, from, n, o, wide, g);
        float[] panel = Scratch.borrow(n * WIDTH);
        float[] tile = Scratch.borrow(TilesSimd.tileSize());
        for (int p = 0; p < POINTS; p++) {
            for (int j = 0; j < o; j += WIDTH) {
                for (int t = 0; t < n; t++) {
                    System.arraycopy(g, (p * n + t) * wide + j, panel, t * WIDTH, WIDTH);
                }
                ConvWeightSimd.product(
                        v,
                        p * n * pitch,
                        pitch,
                        c,
                        panel,
                        0,
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
        Scratch.giveBack(panel);
        Scratch.giveBack(g);
        Scratch.giveBack(v);
    }

    /// `Bᵀ x B` of tiles `from` to `from + n` as `v [36, n, pitch]`.
    private static void inputs(Patches tiles, int from, int n, int c, int pitch, float[] v) {
        float[] half = Scratch.borrow(POINTS * SpeciesSimd.LANES);
        float[] copy = Scratch.borrow(POINTS * c);
        int rows = TILE.patch();
        int step = n * pitch;
        for (int t = 0; t < n; t++) {
            WinogradSimd.patch(
                    TILE,
                    tiles,
                    from + t,
                    0,
                    c,
                    copy,
                    half,
                    v,
                    t * pitch,
                    rows,
                    rows * step,
                    0,
                    step);
        }
        Scratch.giveBack(copy);
        Scratch.giveBack(half);
    }

    /// `G dy Gᵀ` of tiles `from` to `from + n` as `g [36, n, wide]`.
    private static void cotangents(Patches tiles, int from, int n, int o, int wide, float[] g) {
        int p = TILE.patch();
        int s = TILE.outputs();
        float[] half = Scratch.borrow(p * s * o);
        float[] patch = Scratch.borrow(s * s * o);
        if (o % WIDTH > 0) {
            Arrays.fill(g, 0, POINTS * n * wide, 0);
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
                WinogradTransformsSimd.filter4(
                        half, i * s * o, o, g, (i * p * n + t) * wide, n * wide, o);
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
        int six = TILE.patch();
        float[] half = Scratch.borrow(3 * six * n);
        for (int j = 0; j < six; j++) {
            WinogradTransformsSimd.output3(
                    sums, j * pairs + from, six * pairs, half, j * n, six * n, n);
        }
        for (int i = 0; i < 3; i++) {
            WinogradTransformsSimd.output3(
                    half,
                    i * six * n,
                    n,
                    dw.floats(),
                    dw.offset() + 3 * i * pairs + from,
                    pairs,
                    n);
        }
        Scratch.giveBack(half);
    }
}
