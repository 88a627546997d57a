package javelin.kernels.matmul;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

/// Matrix product with packed panels of the right matrix. Rows of the left one are copied into
/// strips; if it is transposed and has enough rows, it is read where it lies, by outer products
/// along its columns.
final class MatmulSimd implements PackedProduct {
    private static final int WIDTH = MicroKernelSimd.WIDTH;
    private static final int ROWS = MicroKernelSimd.ROWS;

    /// A product is divided into as many pieces of work, if each has at least …
    private static final int ENOUGH_TASKS = 16;

    /// … so many multiply-adds, …
    private static final int LEAST_WORK = 1 << 18;

    /// … panels, since each piece copies its left rows, …
    private static final int LEAST_PANELS = 4;

    /// … and rows, since they share what is loaded of a panel.
    private static final int LEAST_ROWS = 32;

    private final Matmul f;
    private final int m;
    private final int n;
    private final int k;
    private final int batch;
    private final int stepA;
    private final boolean sharedB;
    private final int panelSize;
    private final Segments depth;
    private final int rows;
    private final int rowBlocks;
    private final int slices;

    /// Product of matrices of these shapes.
    MatmulSimd(Matmul f, Shape a, Shape b, Shape y) {
        this.f = f;
        m = y.dim(-2);
        n = y.dim(-1);
        k = a.dim(f.transposeA() ? -2 : -1);
        batch = MatmulCpu.matrices(y);
        stepA = MatmulCpu.matrices(a) == 1 ? 0 : m * k;
        sharedB = MatmulCpu.matrices(b) == 1;
        panelSize = Panels.size(k, n, WIDTH);
        depth = Segments.of(new int[1], k, Blocks.DEPTH);
        int wanted = Math.clamp((long) batch * m * n * k / LEAST_WORK, 1, ENOUGH_TASKS);
        int fewest = Math.ceilDiv(m, Blocks.ROWS);
        int most = Math.max(1, Panels.count(n, WIDTH) / LEAST_PANELS);
        slices = Math.min(most, Math.ceilDiv(wanted, batch * fewest));
        int blocks = slices > 1 ? fewest : Math.ceilDiv(wanted, batch);
        blocks = Math.clamp(blocks, fewest, Math.max(fewest, m / LEAST_ROWS));
        rows = Math.ceilDiv(Math.ceilDiv(m, blocks), ROWS) * ROWS;
        rowBlocks = Math.ceilDiv(m, rows);
    }

    @Override
    public String method() {
        return "packed product";
    }

    @Override
    public int packedSize() {
        return Math.multiplyExact(panelSize, sharedB ? 1 : batch);
    }

    @Override
    public Work pack(View b, float[] packed, int at) {
        int rowStep = f.transposeB() ? 1 : n;
        int columnStep = f.transposeB() ? k : 1;
        int grain = Math.max(64, Workers.grain(n));
        int pieces = Math.ceilDiv(k, grain);
        return Work.of(
                (sharedB ? 1 : batch) * pieces,
                task -> {
                    int from = task % pieces * grain;
                    Panels.pack(
                            b.floats(),
                            b.offset() + task / pieces * k * n + from * rowStep,
                            rowStep,
                            columnStep,
                            from,
                            Math.min(k, from + grain),
                            k,
                            n,
                            packed,
                            at + task / pieces * panelSize);
                });
    }

    /// If one piece of work reads all left rows, it packs the panels itself, a few at a time: they
    /// stay in the cache.
    @Override
    public Work work(View a, View b, View y, Target target) {
        if (f.transposeA() || m > Blocks.ROWS) {
            return PackedProduct.super.work(a, b, y, target);
        }
        int rowStep = f.transposeB() ? 1 : n;
        return multiply(a, b.floats(), b.offset(), rowStep, f.transposeB() ? k : 1, y, target);
    }

    @Override
    public Work multiply(View a, float[] packed, int at, View y, Target target) {
        return multiply(a, packed, at, 0, 0, y, target);
    }

    private Work multiply(
            View a, float[] b, int at, int rowStep, int columnStep, View y, Target target) {
        long work = (long) Math.min(m, rows) * n * k / slices / SpeciesSimd.LANES;
        return Work.split(
                batch * rowBlocks * slices,
                Workers.grain(work),
                (first, end) -> {
                    float[] tile = Scratch.borrow(TilesSimd.tileSize());
                    for (int task = first; task < end; task++) {
                        task(task, a, b, at, rowStep, columnStep, y, target, tile);
                    }
                    Scratch.giveBack(tile);
                });
    }

    private void task(
            int task,
            View a,
            float[] packed,
            int at,
            int rowStep,
            int columnStep,
            View y,
            Target target,
            float[] tile) {
        int piece = task / slices;
        int t = piece / rowBlocks;
        int from = piece % rowBlocks * rows;
        int to = Math.min(m, from + rows);
        int atA = a.offset() + t * stepA;
        int atB = at + (sharedB ? 0 : t * (rowStep == 0 ? panelSize : k * n));
        int atY = y.offset() + t * m * n;
        int panels = Panels.count(n, WIDTH);
        int left = (int) ((long) panels * (task % slices) / slices);
        int right = (int) ((long) panels * (task % slices + 1) / slices);
        if (!f.transposeA()) {
            rows(
                    a.floats(),
                    atA,
                    from,
                    to,
                    packed,
                    atB,
                    rowStep,
                    columnStep,
                    left,
                    right,
                    y,
                    atY,
                    target,
                    tile);
        } else if (m >= ROWS) {
            outer(a.floats(), atA, from, to, packed, atB, left, right, y, atY, target, tile);
        } else {
            float[] rows = Scratch.borrow(m * k);
            transpose(a.floats(), atA, k, m, rows);
            rows(
                    rows,
                    0,
                    0,
                    m,
                    packed,
                    atB,
                    rowStep,
                    columnStep,
                    left,
                    right,
                    y,
                    atY,
                    target,
                    tile);
            Scratch.giveBack(rows);
        }
    }

    private void rows(
            float[] a,
            int atA,
            int from,
            int to,
            float[] packed,
            int atB,
            int rowStep,
            int columnStep,
            int left,
            int right,
            View y,
            int atY,
            Target target,
            float[] tile) {
        int[] rowA = Scratch.borrowInts(to - from);
        int[] rowY = Scratch.borrowInts(to - from);
        for (int i = from; i < to; i++) {
            rowA[i - from] = atA + i * k;
            rowY[i - from] = atY + i * n;
        }
        TilesSimd.multiply(
                a,
                rowA,
                rowY,
                to - from,
                depth,
                packed,
                atB,
                rowStep,
                columnStep,
                left,
                right,
                n,
                0,
                y.floats(),
                target,
                tile);
        Scratch.giveBack(rowY);
        Scratch.giveBack(rowA);
    }

    /// The last tile begins early enough to be whole; only its new rows are stored.
    private void outer(
            float[] a,
            int atA,
            int from,
            int to,
            float[] packed,
            int atB,
            int left,
            int right,
            View y,
            int atY,
            Target target,
            float[] tile) {
        int[] rowY = Scratch.borrowInts(ROWS);
        int p = 0;
        for (int block = 0; block < depth.blocks(); block++) {
            int length = depth.depths()[block] - p;
            boolean last = block == depth.blocks() - 1;
            for (int panel = left; panel < right; panel++) {
                int columns = Math.min(WIDTH, n - panel * WIDTH);
                int b = atB + (panel * k + p) * WIDTH;
                for (int i = from; i < to; i += ROWS) {
                    int start = Math.min(i, m - ROWS);
                    int height = Math.min(ROWS, to - i);
                    int x = atA + p * m + start;
                    int column = panel * WIDTH;
                    int corner = atY + i * n + column;
                    if (height == ROWS && columns == WIDTH && (target.isPlain() || !last)) {
                        MicroKernelSimd.outer(
                                a, x, m, packed, b, length, block == 0, y.floats(), corner, n);
                        continue;
                    }
                    MicroKernelSimd.outer(a, x, m, packed, b, length, true, tile, 0, WIDTH);
                    if (start < i) {
                        System.arraycopy(tile, (i - start) * WIDTH, tile, 0, height * WIDTH);
                    }
                    for (int r = 0; r < height; r++) {
                        rowY[r] = atY + (i + r) * n;
                    }
                    TilesSimd.store(
                            target,
                            y.floats(),
                            tile,
                            height,
                            rowY,
                            0,
                            column,
                            columns,
                            block == 0,
                            last);
                }
            }
            p += length;
        }
        Scratch.giveBack(rowY);
    }

    private static void transpose(float[] a, int at, int k, int m, float[] rows) {
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < m; i++) {
                rows[i * k + p] = a[at + p * m + i];
            }
        }
    }
}
