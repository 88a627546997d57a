package javelin.kernels.matmul;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// Matrix product in 32 bits.
public final class MatmulCpu {
    /// With fewer rows, packing the right matrix costs more than reading it once per two rows …
    private static final int SKINNY = 12;

    /// … unless it is larger than a cache …
    private static final int SKINNY_LARGE = 5;

    private static final long LARGE = 1 << 22;

    /// … or, if it is transposed, once per row …
    private static final int SKINNY_TRANSPOSED = 6;

    /// … and if it is packed already, the rows that a tile lacks cost more.
    private static final int SKINNY_PREPARED = 3;

    /// Products of fewer multiply-adds are over before panels are packed.
    private static final int SMALL = 1000;

    /// Columns of one piece of work of a skinny product: enough that the memory reads ahead …
    private static final int SLICE = 2048;

    /// … or, if that leaves threads without work, fewer.
    private static final int LEAST_SLICE = 512;

    private MatmulCpu() {}

    /// `y[b] = A[b] · B[b]`, then the epilogue.
    public static Work work(Matmul f, List<View> in, View y, Cpu cpu) {
        if (y.length() == 0) {
            return Work.NONE;
        }
        var packed = product(f, in.get(0).shape(), in.get(1).shape(), y.shape(), cpu, false);
        return packed == null
                ? byRows(f, in, y, cpu)
                : packed.work(in.get(0), in.get(1), y, Target.of(f.epilogue(), in, 2, y));
    }

    /// The way that packs the right matrix; null if the product has too few rows for it.
    ///
    /// @param prepared whether it is packed once for many runs
    public static @Nullable PackedProduct product(
            Matmul f, Shape a, Shape b, Shape y, Cpu cpu, boolean prepared) {
        int m = y.dim(-2);
        long k = a.dim(f.transposeA() ? -2 : -1);
        long n = y.dim(-1);
        boolean few = m < least(f, k * n, prepared) || (!prepared && m * k * n < SMALL);
        return cpu.simd() && !few && y.size() > 0 ? new MatmulSimd(f, a, b, y) : null;
    }

    /// The way that packs the right matrix, however few the rows are; vectors must be available.
    public static PackedProduct packed(Matmul f, Shape a, Shape b, Shape y) {
        return new MatmulSimd(f, a, b, y);
    }

    private static int least(Matmul f, long size, boolean prepared) {
        if (prepared) {
            return SKINNY_PREPARED;
        }
        if (f.transposeB()) {
            return SKINNY_TRANSPOSED;
        }
        return size < LARGE ? SKINNY : SKINNY_LARGE;
    }

    /// One row of the result per step, or a part of it. The innermost loop runs along rows of `B`,
    /// or, if that is transposed, is a dot product.
    private static Work byRows(Matmul f, List<View> in, View y, Cpu cpu) {
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = in.get(0).shape().dim(f.transposeA() ? -2 : -1);
        int slice = slice(n, cpu.workers().threads());
        int slices = Math.ceilDiv(n, slice);
        int rows = matrices(y.shape()) * m;
        int pairs = Math.ceilDiv(m, 2);
        Work products =
                Work.split(
                        matrices(y.shape()) * pairs * slices,
                        Workers.grain((long) Math.min(n, slice) * k * Math.min(m, 2)),
                        (first, end) -> {
                            for (int task = first; task < end; task++) {
                                int row = task / slices / pairs * m + task / slices % pairs * 2;
                                int from = task % slices * slice;
                                part(f, in, y, row, from, Math.min(n, from + slice), cpu.simd());
                            }
                        });
        return f.epilogue().isNone()
                ? products
                : products.then(
                        Work.split(
                                rows,
                                Workers.grain(n),
                                (from, to) -> EpilogueCpu.run(f.epilogue(), in, 2, y, from, to)));
    }

    /// Sums do not depend on it: a column is always added up in the same order.
    private static int slice(int n, int threads) {
        int share = Math.ceilDiv(Math.ceilDiv(n, threads), 64) * 64;
        return Math.clamp(share, LEAST_SLICE, SLICE);
    }

    /// Columns `from` to `to` of a row and of the next one of the same matrix.
    private static void part(
            Matmul f, List<View> in, View y, int row, int from, int to, boolean simd) {
        View a = in.get(0);
        View b = in.get(1);
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = a.shape().dim(f.transposeA() ? -2 : -1);
        int step = f.transposeA() ? m : 1;
        int rowStep = f.transposeA() ? 1 : k;
        int matrixA = matrices(a.shape()) == 1 ? 0 : m * k;
        int matrixB = matrices(b.shape()) == 1 ? 0 : k * n;
        float[] x = a.floats();
        float[] z = b.floats();
        int atA = a.offset() + row / m * matrixA + row % m * rowStep;
        int atB = b.offset() + row / m * matrixB;
        int atY = y.offset() + row * n;
        int rows = Math.min(2, m - row % m);
        if (simd && rows == 2 && !f.transposeB()) {
            RowsSimd.sumOfRowsTwice(
                    x, atA, rowStep, step, k, z, atB, n, y.floats(), atY, n, from, to);
            return;
        }
        for (int r = 0; r < rows; r++, atA += rowStep, atY += n) {
            if (!f.transposeB() && simd) {
                RowsSimd.sumOfRows(x, atA, step, k, z, atB, n, y.floats(), atY, from, to);
            } else if (!f.transposeB()) {
                sumOfRows(x, atA, step, k, z, atB, n, y.floats(), atY, from, to);
            } else if (simd && step == 1) {
                RowsSimd.dots(x, atA, k, z, atB, y.floats(), atY, from, to);
            } else {
                dots(x, atA, step, k, z, atB, y.floats(), atY, from, to);
            }
        }
    }

    /// `y[j] = Σ_p a[p·step] · b[p,j]` for `from ≤ j < to`.
    private static void sumOfRows(
            float[] a,
            int atA,
            int step,
            int k,
            float[] b,
            int atB,
            int n,
            float[] y,
            int atY,
            int from,
            int to) {
        Arrays.fill(y, atY + from, atY + to, 0);
        for (int p = 0; p < k; p++) {
            addScaled(a[atA + p * step], b, atB + p * n + from, y, atY + from, to - from);
        }
    }

    /// `y[j] += factor · x[j]`.
    private static void addScaled(float factor, float[] x, int atX, float[] y, int atY, int n) {
        for (int j = 0; j < n; j++) {
            y[atY + j] += factor * x[atX + j];
        }
    }

    /// `y[j] = Σ_p a[p·step] · b[j,p]` for `from ≤ j < to`.
    private static void dots(
            float[] a,
            int atA,
            int step,
            int k,
            float[] b,
            int atB,
            float[] y,
            int atY,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            float sum = 0;
            for (int p = 0; p < k; p++) {
                sum += a[atA + p * step] * b[atB + j * k + p];
            }
            y[atY + j] = sum;
        }
    }

    /// Number of matrices of a batch.
    static int matrices(Shape shape) {
        return shape.product(0, shape.rank() - 2);
    }
}
