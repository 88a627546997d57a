package javelin.kernels.matmul;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.List;

/// Matrix product in 64 bits.
public final class MatmulReference {
    private MatmulReference() {}

    /// `y[b,i,j] = Σ_p A[b,i,p] · B[b,p,j]`, then the epilogue.
    public static void run(Matmul f, List<View> in, View y) {
        View a = in.get(0);
        View b = in.get(1);
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = a.shape().dim(f.transposeA() ? -2 : -1);
        int aRow = f.transposeA() ? 1 : k; // steps in memory along i and p …
        int aColumn = f.transposeA() ? m : 1;
        int bRow = f.transposeB() ? 1 : n; // … and along p and j
        int bColumn = f.transposeB() ? k : 1;
        int batch = matrices(y.shape());
        int aMatrix = matrices(a.shape()) == 1 ? 0 : m * k;
        int bMatrix = matrices(b.shape()) == 1 ? 0 : k * n;
        for (int t = 0; t < batch; t++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int p = 0; p < k; p++) {
                        sum +=
                                a.doubles()[a.offset() + t * aMatrix + i * aRow + p * aColumn]
                                        * b.doubles()[
                                                b.offset() + t * bMatrix + p * bRow + j * bColumn];
                    }
                    y.doubles()[y.offset() + (t * m + i) * n + j] = sum;
                }
            }
        }
        EpilogueReference.run(f.epilogue(), in, 2, y);
    }

    private static int matrices(Shape shape) {
        return shape.product(0, shape.rank() - 2);
    }
}
