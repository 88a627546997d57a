package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.MicroKernelSimd;
import javelin.kernels.matmul.TilesSimd;

/// As [WinogradWeightSimd], for many channels: all tiles are transformed first; then each block of
/// pairs of channels is summed over the tiles in the second-level cache and transformed to taps at
/// once. Blocks depend on the problem only.
final class WinogradPairsSimd {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final int POINTS = WinogradWeightSimd.POINTS;

    /// Input channels of a block. With [#WIDTH] output channels its sums take 442 KB with vectors
    /// of 512 bits, half of that with 256.
    private static final int ROWS = 8 * MicroKernelSimd.ROWS;

    /// Elements of the transformed tiles, 64 MB.
    static final int MOST_ELEMENTS = 1 << 24;

    private WinogradPairsSimd() {}

    /// @param inputs patches of `x [n, h, w, c]`
    /// @param cotangents those of `dy [n, oh, ow, o]`
    /// @param dw `[3, 3, c, o]`
    /// @param elements how many elements of transformed tiles are held; with more tiles their taps
    ///   are added up
    static void run(
            Patches inputs, Patches cotangents, int tiles, View dw, int elements, Workers workers) {
        int c = Math.ceilDiv(dw.shape().dim(2), ROWS) * ROWS;
        int wide = WinogradWeightSimd.padded(dw.shape().dim(3));
        int most = Math.max(1, elements / (POINTS * (c + wide)));
        int n = Math.ceilDiv(tiles, Math.ceilDiv(tiles, most));
        float[] v = Scratch.borrow(POINTS * n * c);
        float[] g = Scratch.borrow(POINTS * n * wide);
        for (int from = 0; from < tiles; from += n) {
            block(inputs, cotangents, from, Math.min(n, tiles - from), dw, v, g, workers);
        }
        Scratch.giveBack(g);
        Scratch.giveBack(v);
    }

    /// The share of tiles `first` to `first + n`, which begins the taps or is added to them.
    private static void block(
            Patches inputs,
            Patches cotangents,
            int first,
            int n,
            View dw,
            float[] v,
            float[] g,
            Workers workers) {
        Shape s = dw.shape();
        int c = s.dim(2);
        int o = s.dim(3);
        workers.split(
                n,
                Workers.grain(4L * POINTS * (c + o)),
                (from, to) -> {
                    int some = to - from;
                    int t = first + from;
                    WinogradWeightSimd.inputs(
                            inputs, t, some, c, v, from * ROWS, ROWS, ROWS, n * ROWS);
                    WinogradWeightSimd.cotangents(
                            cotangents, t, some, o, g, from * WIDTH, n * WIDTH);
                });
        int rows = Math.ceilDiv(c, ROWS);
        workers.run(
                rows * Math.ceilDiv(o, WIDTH),
                task -> {
                    int c0 = task % rows * ROWS;
                    int o0 = task / rows * WIDTH;
                    pairs(v, g, n, c0, o0, dw, first == 0);
                });
    }

    /// Taps of input channels from `c0` and output channels from `o0` on.
    private static void pairs(float[] v, float[] g, int n, int c0, int o0, View dw, boolean begin) {
        int c = dw.shape().dim(2);
        int o = dw.shape().dim(3);
        int rows = Math.min(ROWS, c - c0);
        int columns = Math.min(WIDTH, o - o0);
        int size = rows * WIDTH;
        float[] sums = Scratch.borrow(POINTS * size);
        float[] tile = Scratch.borrow(TilesSimd.tileSize());
        for (int p = 0; p < POINTS; p++) {
            int a = (c0 / ROWS * POINTS + p) * n * ROWS;
            int b = (o0 / WIDTH * POINTS + p) * n * WIDTH;
            ConvWeightSimd.product(
                    v, a, ROWS, rows, g, b, n, sums, p * size, WIDTH, WIDTH, true, tile);
        }
        float[] half = Scratch.borrow(18 * WIDTH);
        float[] more = Scratch.borrow(9 * WIDTH);
        for (int r = 0; r < rows; r++) {
            int to = dw.offset() + (c0 + r) * o + o0;
            if (begin) {
                WinogradWeightSimd.taps(
                        sums, r * WIDTH, size, columns, half, dw.floats(), to, c * o);
                continue;
            }
            WinogradWeightSimd.taps(sums, r * WIDTH, size, columns, half, more, 0, WIDTH);
            for (int i = 0; i < 9; i++) {
                ConvWeightSimd.add(more, i * WIDTH, dw.floats(), to + i * c * o, columns);
            }
        }
        Scratch.giveBack(more);
        Scratch.giveBack(half);
        Scratch.giveBack(tile);
        Scratch.giveBack(sums);
    }
}
