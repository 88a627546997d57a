package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Blocks;
import javelin.kernels.matmul.MicroKernelSimd;
import javelin.kernels.matmul.Panels;
import javelin.kernels.matmul.Segments;
import javelin.kernels.matmul.Target;
import javelin.kernels.matmul.TilesSimd;

/// 3×3 convolution, and its adjoint in the image, in the domain of Winograd's minimal filtering: `Y
/// = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A`, where `⊙` is one matrix product per point of the domain: `[tiles,
/// c] · [c, o]`.
///
/// Work is divided into blocks of tiles; the transformed inputs and products of a block stay in the
/// cache.
final class WinogradSimd {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final Blocks BLOCKS = Blocks.of(SpeciesSimd.LANES);
    private static final int POINTS = Winograd.POINTS;

    /// Elements of the transformed inputs and products of a block: 1 MB.
    private static final int BLOCK = 1 << 18;

    private static final int ENOUGH_TASKS = 16;

    private WinogradSimd() {}

    /// Convolves `x [n, h, w, k]` to `y [n, oh, ow, m]`.
    ///
    /// @param top rows of zeros above `x`, and `left` of it, from 0 to 1
    /// @param w `[3, 3, k, m]`; if `adjoint` `[3, 3, m, k]`, turned by half a circle
    static void run(
            View x,
            View w,
            View y,
            int top,
            int left,
            boolean adjoint,
            Target target,
            Workers workers) {
        Shape ys = y.shape();
        int k = x.shape().dim(3);
        int m = ys.dim(3);
        int size = Panels.size(k, m, WIDTH);
        float[] filters = Scratch.borrow(POINTS * size);
        filters(w, adjoint, k, m, size, filters, workers);
        int down = Winograd.down(ys);
        int across = Winograd.across(ys);
        var tiles = new WinogradTiles(x, Winograd.PATCH, top, left, down, across);
        int count = Winograd.tiles(ys);
        int block = block(count, k + m);
        workers.run(
                Math.ceilDiv(count, block),
                task -> {
                    int from = task * block;
                    int n = Math.min(block, count - from);
                    float[] v = Scratch.borrow(POINTS * n * k);
                    float[] products = Scratch.borrow(POINTS * n * m);
                    inputs(tiles, from, n, k, v);
                    multiply(v, filters, size, n, k, m, products);
                    outputs(products, from, n, m, y, down, across, target);
                    Scratch.giveBack(products);
                    Scratch.giveBack(v);
                });
        Scratch.giveBack(filters);
    }

    /// Tiles of one piece of work, a multiple of the rows of a micro-kernel.
    static int block(int tiles, int channels) {
        int rows = MicroKernelSimd.ROWS;
        int fit = BLOCK / (POINTS * channels) / rows * rows;
        int spread = Math.ceilDiv(Math.ceilDiv(tiles, ENOUGH_TASKS), rows) * rows;
        return Math.max(2 * rows, Math.min(fit, spread));
    }

    /// `G w Gᵀ` as packed panels, one matrix per point.
    private static void filters(
            View w, boolean adjoint, int k, int m, int size, float[] packed, Workers workers) {
        int pairs = k * m;
        float[] wide = Scratch.borrow(POINTS * pairs);
        int grain = Math.ceilDiv(Workers.grain(100), SpeciesSimd.LANES) * SpeciesSimd.LANES;
        workers.split(pairs, grain, (from, to) -> widen(w, adjoint, pairs, from, to, wide));
        workers.run(
                POINTS,
                p ->
                        Panels.pack(
                                wide,
                                p * pairs,
                                adjoint ? 1 : m,
                                adjoint ? k : 1,
                                0,
                                k,
                                k,
                                m,
                                WIDTH,
                                packed,
                                p * size));
        Scratch.giveBack(wide);
    }

    /// Pairs of channels `from` to `to` of all taps to all points.
    private static void widen(View w, boolean turned, int pairs, int from, int to, float[] wide) {
        int n = to - from;
        float[] half = Scratch.borrow(3 * Winograd.PATCH * n);
        for (int j = 0; j < 3; j++) {
            int tap = turned ? 8 - j : j;
            int step = turned ? -3 * pairs : 3 * pairs;
            WinogradTransformsSimd.filter(
                    w.floats(), w.offset() + tap * pairs + from, step, half, j * n, 3 * n, n);
        }
        for (int i = 0; i < Winograd.PATCH; i++) {
            WinogradTransformsSimd.filter(
                    half, i * 3 * n, n, wide, i * Winograd.PATCH * pairs + from, pairs, n);
        }
        Scratch.giveBack(half);
    }

    /// `Bᵀ x B` of tiles `from` to `from + n` as `v [36, n, k]`.
    static void inputs(WinogradTiles tiles, int from, int n, int k, float[] v) {
        int p = Winograd.PATCH;
        float[] half = Scratch.borrow(POINTS * k);
        float[] patch = Scratch.borrow(POINTS * k);
        for (int t = 0; t < n; t++) {
            boolean inside = tiles.isInside(from + t);
            if (!inside) {
                tiles.copy(from + t, patch);
            }
            WinogradTransformsSimd.input(
                    inside ? tiles.x().floats() : patch,
                    inside ? tiles.at(from + t) : 0,
                    inside ? tiles.step() : p * k,
                    half,
                    0,
                    p * k,
                    p * k);
            for (int i = 0; i < p; i++) {
                WinogradTransformsSimd.input(
                        half, i * p * k, k, v, i * p * n * k + t * k, n * k, k);
            }
        }
        Scratch.giveBack(patch);
        Scratch.giveBack(half);
    }

    private static void multiply(
            float[] v, float[] filters, int size, int n, int k, int m, float[] products) {
        int[] rowV = new int[n];
        int[] rowY = new int[n];
        Segments depth = Segments.of(new int[1], k, BLOCKS.depth());
        Target plain = Target.of(products, 0);
        float[] tile = Scratch.borrow(TilesSimd.tileSize());
        int panels = Panels.count(m, WIDTH);
        for (int p = 0; p < POINTS; p++) {
            for (int t = 0; t < n; t++) {
                rowV[t] = (p * n + t) * k;
                rowY[t] = (p * n + t) * m;
            }
            TilesSimd.multiply(
                    v, rowV, rowY, n, depth, filters, p * size, 0, panels, m, 0, plain, tile);
        }
        Scratch.giveBack(tile);
    }

    /// `Aᵀ · A` of the products `[36, n, m]`, the epilogue, and the pixels that exist.
    private static void outputs(
            float[] products, int from, int n, int m, View y, int down, int across, Target target) {
        int plane = n * m;
        int p = Winograd.PATCH;
        for (int j = 0; j < p; j++) { // in place: rows 0 to 3 of the points hold the result
            WinogradTransformsSimd.output(
                    products, j * plane, p * plane, products, j * plane, p * plane, plane);
        }
        int h = y.shape().dim(1);
        int w = y.shape().dim(2);
        float[] pixels = Scratch.borrow(Winograd.TILE * m);
        for (int t = from; t < from + n; t++) {
            int row = t / across % down * Winograd.TILE;
            int column = t % across * Winograd.TILE;
            int at = y.offset() + ((t / across / down * h + row) * w + column) * m;
            int wide = Math.min(Winograd.TILE, w - column);
            boolean direct = target.isPlain() && wide == Winograd.TILE;
            for (int i = 0; i < Math.min(Winograd.TILE, h - row); i++) {
                int to = at + i * w * m;
                WinogradTransformsSimd.output(
                        products,
                        i * p * plane + (t - from) * m,
                        plane,
                        direct ? y.floats() : pixels,
                        direct ? to : 0,
                        m,
                        m);
                for (int q = 0; q < wide && !direct; q++) {
                    TilesSimd.row(target, pixels, q * m, to + q * m, 0, m);
                }
            }
        }
        Scratch.giveBack(pixels);
    }
}
