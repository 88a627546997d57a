package javelin.kernels.matmul;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Workers;

import java.util.Arrays;
import java.util.List;

/// Matrix product in 32 bits.
public final class MatmulCpu {
    /// With fewer rows, packing the right matrix costs more than the product.
    private static final int SKINNY = 4;

    /// Products of fewer multiply-adds are over before panels are packed.
    private static final int SMALL = 1000;

    /// Columns of one piece of work of a skinny product.
    private static final int SLICE = 512;

    private MatmulCpu() {}

    /// `y[b] = A[b] · B[b]`, then the epilogue.
    public static void run(Matmul f, List<View> in, View y, Cpu cpu) {
        if (y.length() == 0) {
            return;
        }
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        long k = in.get(0).shape().dim(f.transposeA() ? -2 : -1);
        boolean few = m < SKINNY || (long) m * n * k < SMALL;
        if (cpu.simd() && !few) {
            MatmulSimd.run(f, in, y, cpu.workers());
        } else {
            plain(f, in, y, cpu);
        }
    }

    /// One row of the result per step, or a part of it. The innermost loop runs along rows of `B`,
    /// or, if that is transposed, is a dot product.
    private static void plain(Matmul f, List<View> in, View y, Cpu cpu) {
        View a = in.get(0);
        View b = in.get(1);
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = a.shape().dim(f.transposeA() ? -2 : -1);
        int aRow = f.transposeA() ? 1 : k;
        int aColumn = f.transposeA() ? m : 1;
        int aMatrix = matrices(a.shape()) == 1 ? 0 : m * k;
        int bMatrix = matrices(b.shape()) == 1 ? 0 : k * n;
        int slices = (n + SLICE - 1) / SLICE;
        int rows = matrices(y.shape()) * m;
        boolean simd = cpu.simd() && aColumn == 1;
        cpu.workers()
                .split(
                        rows * slices,
                        Workers.grain((long) Math.min(n, SLICE) * k),
                        (first, end) -> {
                            for (int task = first; task < end; task++) {
                                int row = task / slices;
                                int from = task % slices * SLICE;
                                int to = Math.min(n, from + SLICE);
                                int atA = a.offset() + row / m * aMatrix + row % m * aRow;
                                int atB = b.offset() + row / m * bMatrix;
                                int atY = y.offset() + row * n;
                                float[] x = a.floats();
                                if (!f.transposeB()) {
                                    sumOfRows(
                                            x,
                                            atA,
                                            aColumn,
                                            k,
                                            b.floats(),
                                            atB,
                                            n,
                                            y.floats(),
                                            atY,
                                            from,
                                            to);
                                } else if (simd) {
                                    MatmulSimd.dots(
                                            x, atA, k, b.floats(), atB, y.floats(), atY, from, to);
                                } else {
                                    dots(
                                            x,
                                            atA,
                                            aColumn,
                                            k,
                                            b.floats(),
                                            atB,
                                            y.floats(),
                                            atY,
                                            from,
                                            to);
                                }
                            }
                        });
        if (!f.epilogue().isNone()) {
            cpu.workers()
                    .split(
                            rows,
                            Workers.grain(n),
                            (from, to) -> EpilogueCpu.run(f.epilogue(), in, 2, y, from, to));
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

    private static int matrices(Shape shape) {
        return shape.product(0, shape.rank() - 2);
    }
}
