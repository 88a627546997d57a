package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.MicroKernelSimd;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Panels;
import javelin.kernels.matmul.Target;
import javelin.kernels.matmul.TilesSimd;

/// 3×3 convolution, and its adjoint in the image, in the domain of Winograd's minimal filtering: `Y
/// = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A`, where `⊙` is one matrix product per point of the domain: `[tiles,
/// c] · [c, o]`.
///
/// Work is divided into blocks of tiles; the transformed inputs and products of a block stay in the
/// cache.
final class WinogradSimd implements PackedProduct {
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final int ROWS = MicroKernelSimd.ROWS;
    private static final int STRIDE = MicroKernelSimd.STRIDE;
    private static final int STRIP = ROWS * STRIDE;

    /// Elements of the transformed inputs and products of a block: 1 MB.
    private static final int BLOCK = 1 << 18;

    /// Most tiles of a block: more reuse of filters gains nothing.
    private static final int MOST_TILES = 96;

    private static final int ENOUGH_TASKS = 16;

    private final WinogradTile tile;
    private final int top;
    private final int left;
    private final boolean adjoint;
    private final int k;
    private final int m;
    private final int pointSize;
    private final int down;
    private final int across;
    private final int tiles;
    private final int block;
    private final int depth;
    private final int stripsPerTile;

    /// Rows of points that share the row of a strip: a strip has six tiles as its rows, and if the
    /// channels are few, points of one column lie side by side.
    private final int rows;

    /// From one group of such rows to the next.
    private final int stepG;

    /// From column to column of the points in the strips.
    private final int stepJ;

    /// Convolution of `x [n, h, w, k]` to `y [n, oh, ow, m]`; the filters are `[3, 3, k, m]`, or,
    /// if `adjoint`, `[3, 3, m, k]`, turned by half a circle.
    ///
    /// @param top rows of zeros above `x`, and `left` of it, from 0 to 1
    WinogradSimd(WinogradTile tile, Shape x, Shape y, int top, int left, boolean adjoint) {
        this.tile = tile;
        this.top = top;
        this.left = left;
        this.adjoint = adjoint;
        k = x.dim(3);
        m = y.dim(3);
        pointSize = Panels.size(k, m, WIDTH);
        down = tile.down(y);
        across = tile.across(y);
        tiles = tile.tiles(y);
        int blocks = Math.ceilDiv(k, MicroKernelSimd.DEPTH);
        depth = Math.ceilDiv(Math.ceilDiv(k, blocks), SpeciesSimd.LANES) * SpeciesSimd.LANES;
        int patch = tile.patch();
        int fit = MicroKernelSimd.DEPTH / k;
        rows = fit >= patch ? patch : fit >= patch / 2 ? patch / 2 : fit >= 2 ? 2 : 1;
        int parts = Math.ceilDiv(k, depth);
        stripsPerTile = patch * patch / rows * parts;
        stepG = parts * STRIP;
        stepJ = patch / rows * parts * STRIP;
        block = block();
    }

    @Override
    public String method() {
        return "winograd %d×%d".formatted(tile.outputs(), tile.outputs());
    }

    @Override
    public int packedSize() {
        return Math.multiplyExact(tile.points(), pointSize);
    }

    @Override
    public Work multiply(View x, float[] filters, int at, View y, Target target) {
        var patches =
                new Patches(
                        x, tile.patch(), tile.outputs(), tile.outputs(), top, left, down, across);
        if (tiles <= block) {
            return new ByPoints(patches, filters, at, y, target);
        }
        return Work.of(
                Math.ceilDiv(tiles, block),
                task -> {
                    int from = task * block;
                    int n = Math.min(block, tiles - from);
                    float[] v = Scratch.borrow(stripsSize(n));
                    float[] products = Scratch.borrow(tile.points() * n * m);
                    inputs(patches, from, from + n, from, v);
                    multiply(v, filters, at, n, 0, tile.points(), products);
                    outputs(products, from, n, from, from + n, y, target);
                    Scratch.giveBack(products);
                    Scratch.giveBack(v);
                });
    }

    /// All tiles as one block, for few tiles: its products are divided among the threads by points,
    /// so that each filter is read once.
    private final class ByPoints implements Work {
        private final Work inputs;
        private final Work products;
        private final Work outputs;
        private float[] v = new float[0];
        private float[] y = new float[0];

        ByPoints(Patches patches, float[] filters, int at, View to, Target target) {
            int points = tile.points();
            inputs =
                    Work.split(
                            tiles,
                            Workers.grain(4L * points * k),
                            (from, end) -> inputs(patches, from, end, 0, v));
            products =
                    Work.split(
                            points,
                            Workers.grain((long) tiles * k * m / SpeciesSimd.LANES),
                            (from, end) -> multiply(v, filters, at, tiles, from, end, y));
            outputs =
                    Work.split(
                            tiles,
                            Workers.grain(4L * points * m),
                            (from, end) -> outputs(y, 0, tiles, from, end, to, target));
        }

        @Override
        public void run(Workers workers) {
            v = Scratch.borrow(stripsSize(tiles));
            y = Scratch.borrow(tile.points() * tiles * m);
            inputs.run(workers);
            products.run(workers);
            outputs.run(workers);
            Scratch.giveBack(y);
            Scratch.giveBack(v);
        }
    }

    /// Tiles of one piece of work: all, if they are few or the filters are larger than what they
    /// make of the tiles; else a multiple of the rows of a micro-kernel.
    private int block() {
        int fit = BLOCK / (tile.points() * (k + m)) / ROWS * ROWS;
        fit = Math.clamp(fit, 2 * ROWS, MOST_TILES);
        if (tiles <= Math.max(fit, 8 * ROWS) || (long) tiles * (k + m) < (long) k * m) {
            return tiles;
        }
        int spread = Math.ceilDiv(Math.ceilDiv(tiles, ENOUGH_TASKS), ROWS) * ROWS;
        return Math.min(fit, spread);
    }

    /// `G w Gᵀ` as packed panels, one matrix per point.
    @Override
    public Work pack(View w, float[] packed, int at) {
        int pairs = k * m;
        int grain = Math.ceilDiv(Workers.grain(100), SpeciesSimd.LANES) * SpeciesSimd.LANES;
        return workers -> {
            float[] wide = Scratch.borrow(tile.points() * pairs);
            workers.split(pairs, grain, (from, to) -> widen(w, adjoint, pairs, from, to, wide));
            workers.run(
                    tile.points(),
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
                                    packed,
                                    at + p * pointSize));
            Scratch.giveBack(wide);
        };
    }

    /// Pairs of channels `from` to `to` of all taps to all points.
    private void widen(View w, boolean turned, int pairs, int from, int to, float[] wide) {
        int n = to - from;
        int patch = tile.patch();
        float[] half = Scratch.borrow(3 * patch * n);
        for (int j = 0; j < 3; j++) {
            int tap = turned ? 8 - j : j;
            int step = turned ? -3 * pairs : 3 * pairs;
            filter(w.floats(), w.offset() + tap * pairs + from, step, half, j * n, 3 * n, n);
        }
        for (int i = 0; i < patch; i++) {
            filter(half, i * 3 * n, n, wide, i * patch * pairs + from, pairs, n);
        }
        Scratch.giveBack(half);
    }

    private void filter(float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        switch (tile) {
            case F2 -> WinogradTransformsSimd.filterOf2(x, at, step, y, to, stepY, n);
            case F4 -> WinogradTransformsSimd.filter(x, at, step, y, to, stepY, n);
        }
    }

    /// `Bᵀ x B` of tiles `from` to `end` in the strips of a block that begins with tile `first`.
    private void inputs(Patches patches, int from, int end, int first, float[] v) {
        float[] half = Scratch.borrow(tile.points() * SpeciesSimd.LANES);
        float[] copy = Scratch.borrow(tile.points() * k);
        for (int t = from; t < end; t++) {
            int row = (t - first) % ROWS * STRIDE;
            for (int c = 0; c < k; c += depth) {
                int to = strip(t - first, c) + row;
                patch(
                        tile,
                        patches,
                        t,
                        c,
                        Math.min(depth, k - c),
                        copy,
                        half,
                        v,
                        to,
                        rows,
                        k,
                        stepG,
                        stepJ);
            }
        }
        Scratch.giveBack(copy);
        Scratch.giveBack(half);
    }

    /// `Bᵀ x B` of channels `c` to `c + n` of tile `t`.
    ///
    /// @param copy memory for a copy of the patch
    static void patch(
            WinogradTile tile,
            Patches patches,
            int t,
            int c,
            int n,
            float[] copy,
            float[] half,
            float[] v,
            int to,
            int rows,
            int stepI,
            int stepG,
            int stepJ) {
        int pixel = patches.x().shape().dim(3);
        boolean inside = patches.isInside(t);
        if (!inside && c == 0) {
            patches.copy(t, copy);
        }
        float[] x = inside ? patches.x().floats() : copy;
        int at = inside ? patches.at(t) + c : c;
        int step = inside ? patches.step() : tile.patch() * pixel;
        switch (tile) {
            case F2 ->
                    WinogradTransformsSimd.patchOf2(
                            x, at, step, pixel, n, half, v, to, rows, stepI, stepG, stepJ);
            case F4 ->
                    WinogradTransformsSimd.patch(
                            x, at, step, pixel, n, half, v, to, rows, stepI, stepG, stepJ);
        }
    }

    /// Where the strip begins that holds channels from `c` on of the first point of tile `t` of a
    /// block.
    private int strip(int t, int c) {
        return (t / ROWS * stripsPerTile + c / depth) * STRIP;
    }

    /// Elements of the strips of `n` tiles.
    private int stripsSize(int n) {
        return Math.ceilDiv(n, ROWS) * stripsPerTile * STRIP;
    }

    /// Products of points `from` to `to` of `n` tiles, as `products [points, n, m]`.
    private void multiply(
            float[] v, float[] filters, int at, int n, int from, int to, float[] products) {
        int[] rowY = Scratch.borrowInts(n);
        float[] sums = Scratch.borrow(TilesSimd.tileSize());
        int patch = tile.patch();
        int panels = Panels.count(m, WIDTH);
        for (int p = from; p < to; p++) {
            for (int t = 0; t < n; t++) {
                rowY[t] = (p * n + t) * m;
            }
            for (int c = 0; c < k; c += depth) {
                int i = p / patch;
                int x = strip(0, c) + i / rows * stepG + i % rows * k + p % patch * stepJ;
                for (int panel = 0; panel < panels; panel++) {
                    TilesSimd.panel(
                            v,
                            x,
                            stripsPerTile * STRIP,
                            rowY,
                            0,
                            n,
                            filters,
                            at + p * pointSize + (panel * k + c) * WIDTH,
                            Math.min(depth, k - c),
                            panel * WIDTH,
                            Math.min(WIDTH, m - panel * WIDTH),
                            products,
                            Target.PLAIN,
                            c == 0,
                            c + depth >= k,
                            sums);
                }
            }
        }
        Scratch.giveBack(sums);
        Scratch.giveBack(rowY);
    }

    /// `Aᵀ · A` of tiles `from` to `end` of the products `[points, n, m]` that begin with tile
    /// `first`, the epilogue, and the pixels that exist.
    private void outputs(
            float[] products, int first, int n, int from, int end, View y, Target target) {
        int plane = n * m;
        int size = tile.outputs();
        int h = y.shape().dim(1);
        int w = y.shape().dim(2);
        float[] half = Scratch.borrow(tile.points() * SpeciesSimd.LANES);
        float[] pixels = Scratch.borrow(size * size * m);
        for (int t = from; t < end; t++) {
            int point = (t - first) * m;
            int row = t / across % down * size;
            int column = t % across * size;
            int at = y.offset() + ((t / across / down * h + row) * w + column) * m;
            int tall = Math.min(size, h - row);
            int wide = Math.min(size, w - column);
            if (target.isPlain() && tall == size && wide == size) {
                output(products, point, plane, half, y.floats(), at, w * m);
                continue;
            }
            output(products, point, plane, half, pixels, 0, size * m);
            for (int i = 0; i < tall; i++) {
                pixels(target, y.floats(), pixels, i * size * m, at + i * w * m, wide);
            }
        }
        Scratch.giveBack(pixels);
        Scratch.giveBack(half);
    }

    private void output(float[] x, int at, int plane, float[] half, float[] y, int to, int stepY) {
        switch (tile) {
            case F2 -> WinogradTransformsSimd.tileOf2(x, at, plane, m, half, y, to, stepY);
            case F4 -> WinogradTransformsSimd.tile(x, at, plane, m, half, y, to, stepY);
        }
    }

    private void pixels(Target target, float[] y, float[] pixels, int from, int to, int count) {
        for (int q = 0; q < count; q++) {
            TilesSimd.row(target, y, pixels, from + q * m, to + q * m, 0, m);
        }
    }
}
