package javelin.kernels.matmul;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.SpeciesSimd;
import javelin.kernels.cpu.Workers;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.util.List;

/// Matrix product with packed panels of the right matrix. The left one is read where it lies, row
/// by row; if it is transposed and has enough rows, by outer products along its columns.
final class MatmulSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;
    private static final int WIDTH = TilesSimd.WIDTH;
    private static final int ROWS = MicroKernelSimd.ROWS;
    private static final Blocks BLOCKS = Blocks.of(L);

    /// Below this number of pieces of work, columns are divided as well.
    private static final int ENOUGH_TASKS = 16;

    private MatmulSimd() {}

    static void run(Matmul f, List<View> in, View y, Workers workers) {
        View a = in.get(0);
        View b = in.get(1);
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = a.shape().dim(f.transposeA() ? -2 : -1);
        int batch = matrices(y.shape());
        int matrixA = matrices(a.shape()) == 1 ? 0 : m * k;
        boolean sharedB = matrices(b.shape()) == 1;
        int packedSize = Panels.size(k, n, WIDTH);
        float[] packed = Scratch.borrow(Math.multiplyExact(packedSize, sharedB ? 1 : batch));
        pack(f, b, sharedB ? 1 : batch, k, n, packed, packedSize, workers);

        Target target = Target.of(f.epilogue(), in, 2, y);
        int rowBlocks = (m + BLOCKS.rows() - 1) / BLOCKS.rows();
        int panels = Panels.count(n, WIDTH);
        int pieces = batch * rowBlocks;
        int slices = pieces >= ENOUGH_TASKS ? 1 : Math.min(panels, ENOUGH_TASKS / pieces);
        workers.split(
                pieces * slices,
                Workers.grain((long) Math.min(m, BLOCKS.rows()) * n * k / slices / L),
                (first, end) -> {
                    float[] tile = Scratch.borrow(TilesSimd.tileSize());
                    for (int task = first; task < end; task++) {
                        int slice = task % slices;
                        int piece = task / slices;
                        int t = piece / rowBlocks;
                        int from = piece % rowBlocks * BLOCKS.rows();
                        int to = Math.min(m, from + BLOCKS.rows());
                        int atA = a.offset() + t * matrixA;
                        int atB = sharedB ? 0 : t * packedSize;
                        int atY = y.offset() + t * m * n;
                        int left = (int) ((long) panels * slice / slices);
                        int right = (int) ((long) panels * (slice + 1) / slices);
                        if (!f.transposeA()) {
                            rows(
                                    a.floats(),
                                    atA,
                                    from,
                                    to,
                                    k,
                                    packed,
                                    atB,
                                    left,
                                    right,
                                    n,
                                    target,
                                    atY,
                                    tile);
                        } else if (m >= ROWS) {
                            outer(
                                    a.floats(),
                                    atA,
                                    m,
                                    from,
                                    to,
                                    k,
                                    packed,
                                    atB,
                                    left,
                                    right,
                                    n,
                                    target,
                                    atY,
                                    tile);
                        } else {
                            float[] rows = Scratch.borrow(m * k);
                            transpose(a.floats(), atA, k, m, rows);
                            rows(rows, 0, 0, m, k, packed, atB, left, right, n, target, atY, tile);
                            Scratch.giveBack(rows);
                        }
                    }
                    Scratch.giveBack(tile);
                });
        Scratch.giveBack(packed);
    }

    private static void pack(
            Matmul f,
            View b,
            int matrices,
            int k,
            int n,
            float[] packed,
            int packedSize,
            Workers workers) {
        int rowStep = f.transposeB() ? 1 : n;
        int columnStep = f.transposeB() ? k : 1;
        int grain = Math.max(64, Workers.grain(n));
        int pieces = (k + grain - 1) / grain;
        workers.run(
                matrices * pieces,
                task -> {
                    int from = task % pieces * grain;
                    int to = Math.min(k, from + grain);
                    int at = b.offset() + task / pieces * k * n + from * rowStep;
                    Panels.pack(
                            b.floats(),
                            at,
                            rowStep,
                            columnStep,
                            from,
                            to,
                            k,
                            n,
                            WIDTH,
                            packed,
                            task / pieces * packedSize);
                });
    }

    private static void rows(
            float[] a,
            int atA,
            int from,
            int to,
            int k,
            float[] packed,
            int atB,
            int left,
            int right,
            int n,
            Target target,
            int atY,
            float[] tile) {
        int[] rowA = new int[to - from];
        int[] rowY = new int[to - from];
        for (int i = from; i < to; i++) {
            rowA[i - from] = atA + i * k;
            rowY[i - from] = atY + i * n;
        }
        Segments depth = Segments.of(new int[1], k, BLOCKS.depth());
        TilesSimd.multiply(
                a, rowA, rowY, to - from, depth, packed, atB, left, right, n, 0, target, tile);
    }

    /// The last tile begins early enough to be whole; only its new rows are stored.
    private static void outer(
            float[] a,
            int atA,
            int m,
            int from,
            int to,
            int k,
            float[] packed,
            int atB,
            int left,
            int right,
            int n,
            Target target,
            int atY,
            float[] tile) {
        int[] rowY = new int[ROWS];
        int blocks = Math.max(1, (k + BLOCKS.depth() - 1) / BLOCKS.depth());
        for (int block = 0; block < blocks; block++) {
            int p = (int) ((long) k * block / blocks);
            int length = (int) ((long) k * (block + 1) / blocks) - p;
            for (int panel = left; panel < right; panel++) {
                int columns = Math.min(WIDTH, n - panel * WIDTH);
                for (int i = from; i < to; i += ROWS) {
                    int start = Math.min(i, m - ROWS);
                    int height = Math.min(ROWS, to - i);
                    MicroKernelSimd.outer(
                            a,
                            atA + p * m + start,
                            m,
                            packed,
                            atB + (panel * k + p) * WIDTH,
                            WIDTH,
                            length,
                            true,
                            tile,
                            0,
                            WIDTH);
                    if (start < i) {
                        System.arraycopy(tile, (i - start) * WIDTH, tile, 0, height * WIDTH);
                    }
                    for (int r = 0; r < height; r++) {
                        rowY[r] = atY + (i + r) * n;
                    }
                    TilesSimd.store(
                            target,
                            tile,
                            height,
                            rowY,
                            0,
                            panel * WIDTH,
                            columns,
                            block == 0,
                            block == blocks - 1);
                }
            }
        }
    }

    private static void transpose(float[] a, int at, int k, int m, float[] rows) {
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < m; i++) {
                rows[i * k + p] = a[at + p * m + i];
            }
        }
    }

    /// `y[j] = Σ_p a[p] · b[j, p]` for `from ≤ j < to`: a row times a transposed matrix.
    static void dots(
            float[] a, int atA, int k, float[] b, int atB, float[] y, int atY, int from, int to) {
        int j = from;
        for (; j + 4 <= to; j += 4) {
            dots4(a, atA, k, b, atB + j * k, y, atY + j);
        }
        for (; j < to; j++) {
            y[atY + j] = dot(a, atA, b, atB + j * k, k);
        }
    }

    private static void dots4(float[] a, int atA, int k, float[] b, int atB, float[] y, int at) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int end = k - k % L;
        for (int p = 0; p < end; p += L) {
            FloatVector v = FloatVector.fromArray(F, a, atA + p);
            s0 = v.fma(FloatVector.fromArray(F, b, atB + p), s0);
            s1 = v.fma(FloatVector.fromArray(F, b, atB + k + p), s1);
            s2 = v.fma(FloatVector.fromArray(F, b, atB + 2 * k + p), s2);
            s3 = v.fma(FloatVector.fromArray(F, b, atB + 3 * k + p), s3);
        }
        y[at] = SpeciesSimd.sum(s0);
        y[at + 1] = SpeciesSimd.sum(s1);
        y[at + 2] = SpeciesSimd.sum(s2);
        y[at + 3] = SpeciesSimd.sum(s3);
        for (int p = end; p < k; p++) {
            float v = a[atA + p];
            y[at] += v * b[atB + p];
            y[at + 1] += v * b[atB + k + p];
            y[at + 2] += v * b[atB + 2 * k + p];
            y[at + 3] += v * b[atB + 3 * k + p];
        }
    }

    private static float dot(float[] a, int atA, float[] b, int atB, int k) {
        FloatVector sum = FloatVector.zero(F);
        int end = k - k % L;
        for (int p = 0; p < end; p += L) {
            sum =
                    FloatVector.fromArray(F, a, atA + p)
                            .fma(FloatVector.fromArray(F, b, atB + p), sum);
        }
        float s = SpeciesSimd.sum(sum);
        for (int p = end; p < k; p++) {
            s += a[atA + p] * b[atB + p];
        }
        return s;
    }

    private static int matrices(Shape shape) {
        return shape.product(0, shape.rank() - 2);
    }
}
