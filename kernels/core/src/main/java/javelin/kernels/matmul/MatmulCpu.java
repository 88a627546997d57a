package javelin.kernels.matmul;

import java.util.Arrays;
import java.util.List;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Workers;

/// Matrix product in 32 bits.
public final class MatmulCpu {
    private MatmulCpu() {}

    /// `y[b] = A[b] · B[b]`, then the epilogue.
    public static void run(Matmul f, List<View> in, View y, Cpu cpu) {
        if (y.length() == 0) {
            return;
        }
        plain(f, in, y, cpu);
    }

    /// One row of the result per step. The innermost loop runs along rows of `B`, or, if that is
    /// transposed, is a dot product.
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
        cpu.workers()
                .split(
                        matrices(y.shape()) * m,
                        Workers.grain((long) n * k),
                        (from, to) -> {
                            for (int row = from; row < to; row++) {
                                int atA = a.offset() + row / m * aMatrix + row % m * aRow;
                                int atB = b.offset() + row / m * bMatrix;
                                int atY = y.offset() + row * n;
                                if (f.transposeB()) {
                                    dots(
                                            a.floats(), atA, aColumn, k, b.floats(), atB,
                                            y.floats(), atY, n);
                                } else {
                                    sumOfRows(
                                            a.floats(), atA, aColumn, k, b.floats(), atB,
                                            y.floats(), atY, n);
                                }
                            }
                            EpilogueCpu.run(f.epilogue(), in, 2, y, from, to);
                        });
    }

    /// `y[j] = Σ_p a[p·step] · b[p,j]`.
    private static void sumOfRows(
            float[] a, int atA, int step, int k, float[] b, int atB, float[] y, int atY, int n) {
        Arrays.fill(y, atY, atY + n, 0);
        for (int p = 0; p < k; p++) {
            float factor = a[atA + p * step];
            for (int j = 0; j < n; j++) {
                y[atY + j] += factor * b[atB + p * n + j];
            }
        }
    }

    /// `y[j] = Σ_p a[p·step] · b[j,p]`.
    private static void dots(
            float[] a, int atA, int step, int k, float[] b, int atB, float[] y, int atY, int n) {
        for (int j = 0; j < n; j++) {
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
