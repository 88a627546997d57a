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
    private final int pointsPerRow;
    private final int groups;

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
        pointsPerRow = Math.clamp(MicroKernelSimd.DEPTH / k, 1, tile.patch());
        groups = Math.ceilDiv(tile.patch(), pointsPerRow) * Math.ceilDiv(k, depth);
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
        var patches = new WinogradTiles(x, tile.patch(), tile.outputs(), top, left, down, across);
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

        ByPoints(WinogradTiles patches, float[] filters, int at, View to, Target target) {
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

    /// Tiles of one piece of work: all, if they are few; else a multiple of the rows of a
    /// micro-kernel.
    private int block() {
        int rows = ROWS;
        int fit = BLOCK / (tile.points() * (k + m)) / rows * rows;
        if (tiles <= Math.max(fit, 8 * rows)) {
            return tiles;
        }
        int spread = Math.ceilDiv(Math.ceilDiv(tiles, ENOUGH_TASKS), rows) * rows;
        return Math.max(2 * rows, Math.min(fit, spread));
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
                                    WIDTH,
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
    private void inputs(WinogradTiles patches, int from, int end, int first, float[] v) {
        int p = tile.patch();
        float[] half = Scratch.borrow(p * p * k);
        float[] patch = Scratch.borrow(p * p * k);
        for (int t = from; t < end; t++) {
            columns(tile, patches, t, k, patch, half);
            for (int i = 0; i < p; i++) {
                for (int c = 0; c < k; c += depth) {
                    int to = strip(t - first, i, c) + (t - first) % ROWS * STRIDE;
                    int n = Math.min(depth, k - c);
                    input(tile, half, i * p * k + c, k, v, to, groups * STRIP, n);
                }
            }
        }
        Scratch.giveBack(patch);
        Scratch.giveBack(half);
    }

    /// Where the strip begins that holds channels from `c` on of point `i, 0` of tile `t` of a
    /// block: its rows are six tiles, and a row holds several points side by side if their channels
    /// are few. Points `i, j` follow at equal distances.
    private int strip(int t, int i, int c) {
        int group = i / pointsPerRow * Math.ceilDiv(k, depth) + c / depth;
        return (t / ROWS * tile.patch() * groups + group) * STRIP + i % pointsPerRow * k;
    }

    /// Elements of the strips of `n` tiles.
    private int stripsSize(int n) {
        return Math.ceilDiv(n, ROWS) * tile.patch() * groups * STRIP;
    }

    /// `Bᵀ x` of tile `t`: the transformation of its columns, `half [patch, patch, k]`.
    ///
    /// @param patch memory for a copy of the tile
    static void columns(
            WinogradTile tile, WinogradTiles tiles, int t, int k, float[] patch, float[] half) {
        int p = tile.patch();
        boolean inside = tiles.isInside(t);
        if (!inside) {
            tiles.copy(t, patch);
        }
        input(
                tile,
                inside ? tiles.x().floats() : patch,
                inside ? tiles.at(t) : 0,
                inside ? tiles.step() : p * k,
                half,
                0,
                p * k,
                p * k);
    }

    static void input(
            WinogradTile tile, float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        switch (tile) {
            case F2 -> WinogradTransformsSimd.inputOf2(x, at, step, y, to, stepY, n);
            case F4 -> WinogradTransformsSimd.input(x, at, step, y, to, stepY, n);
        }
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
                int x = strip(0, p / patch, c) + p % patch * groups * STRIP;
                for (int panel = 0; panel < panels; panel++) {
                    TilesSimd.panel(
                            v,
                            x,
                            patch * groups * STRIP,
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
        int p = tile.patch();
        int size = tile.outputs();
        int h = y.shape().dim(1);
        int w = y.shape().dim(2);
        float[] half = Scratch.borrow(p * size * m);
        float[] pixels = Scratch.borrow(size * m);
        for (int t = from; t < end; t++) {
            int point = (t - first) * m;
            for (int j = 0; j < p; j++) {
                output(products, point + j * plane, p * plane, half, j * m, p * m, m);
            }
            int row = t / across % down * size;
            int column = t % across * size;
            int at = y.offset() + ((t / across / down * h + row) * w + column) * m;
            int wide = Math.min(size, w - column);
            boolean direct = target.isPlain() && wide == size;
            for (int i = 0; i < Math.min(size, h - row); i++) {
                int to = at + i * w * m;
                output(half, i * p * m, m, direct ? y.floats() : pixels, direct ? to : 0, m, m);
                if (!direct) {
                    pixels(target, y.floats(), pixels, to, wide);
                }
            }
        }
        Scratch.giveBack(pixels);
        Scratch.giveBack(half);
    }

    private void pixels(Target target, float[] y, float[] pixels, int to, int count) {
        for (int q = 0; q < count; q++) {
            TilesSimd.row(target, y, pixels, q * m, to + q * m, 0, m);
        }
    }

    private void output(float[] x, int at, int step, float[] y, int to, int stepY, int n) {
        switch (tile) {
            case F2 -> WinogradTransformsSimd.outputOf2(x, at, step, y, to, stepY, n);
            case F4 -> WinogradTransformsSimd.output(x, at, step, y, to, stepY, n);
        }
    }
}
