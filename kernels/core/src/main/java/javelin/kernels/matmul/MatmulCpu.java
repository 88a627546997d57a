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
    /// With fewer rows, packing the right matrix costs more than reading it once per row.
    private static final int SKINNY = 6;

    /// Products of fewer multiply-adds are over before panels are packed.
    private static final int SMALL = 1000;

    /// Columns of one piece of work of a skinny product.
    private static final int SLICE = 512;

    private MatmulCpu() {}

    /// `y[b] = A[b] · B[b]`, then the epilogue.
    public static Work work(Matmul f, List<View> in, View y, Cpu cpu) {
        if (y.length() == 0) {
            return Work.NONE;
        }
        var packed = product(f, in.get(0).shape(), in.get(1).shape(), y.shape(), cpu);
        return packed == null
                ? byRows(f, in, y, cpu)
                : packed.work(in.get(0), in.get(1), y, Target.of(f.epilogue(), in, 2, y));
    }

    /// The way that packs the right matrix; null if the product has too few rows for it.
    public static @Nullable PackedProduct product(Matmul f, Shape a, Shape b, Shape y, Cpu cpu) {
        int m = y.dim(-2);
        long k = a.dim(f.transposeA() ? -2 : -1);
        boolean few = m < SKINNY || m * k * y.dim(-1) < SMALL;
        return cpu.simd() && !few && y.size() > 0 ? new MatmulSimd(f, a, b, y) : null;
    }

    /// One row of the result per step, or a part of it. The innermost loop runs along rows of `B`,
    /// or, if that is transposed, is a dot product.
    private static Work byRows(Matmul f, List<View> in, View y, Cpu cpu) {
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = in.get(0).shape().dim(f.transposeA() ? -2 : -1);
        int slices = Math.ceilDiv(n, SLICE);
        int rows = matrices(y.shape()) * m;
        Work products =
                Work.split(
                        rows * slices,
                        Workers.grain((long) Math.min(n, SLICE) * k),
                        (first, end) -> {
                            for (int task = first; task < end; task++) {
                                part(f, in, y, task / slices, task % slices * SLICE, cpu.simd());
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

    /// Columns from `from` on of one row.
    private static void part(Matmul f, List<View> in, View y, int row, int from, boolean simd) {
        View a = in.get(0);
        View b = in.get(1);
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = a.shape().dim(f.transposeA() ? -2 : -1);
        int step = f.transposeA() ? m : 1;
        int matrixA = matrices(a.shape()) == 1 ? 0 : m * k;
        int matrixB = matrices(b.shape()) == 1 ? 0 : k * n;
        float[] x = a.floats();
        float[] z = b.floats();
        int atA = a.offset() + row / m * matrixA + row % m * (f.transposeA() ? 1 : k);
        int atB = b.offset() + row / m * matrixB;
        int atY = y.offset() + row * n;
        int to = Math.min(n, from + SLICE);
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
