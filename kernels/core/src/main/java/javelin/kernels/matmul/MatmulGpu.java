package javelin.kernels.matmul;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.elementwise.ElementwiseGpu;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Source;

import java.util.List;

/// Matrix product on a device.
public final class MatmulGpu {
    /// Rows and columns that one group computes.
    private static final int TILE = 64;

    private static final Source SOURCE = product("matmul/matmul.k");

    private MatmulGpu() {}

    /// `y[b,i,j] = Σ_p A[b,i,p] · B[b,p,j]`, then the epilogue.
    public static void run(Matmul f, List<View> in, View y, GpuBackend on) {
        View a = in.get(0);
        View b = in.get(1);
        int m = y.shape().dim(-2);
        int n = y.shape().dim(-1);
        int k = a.shape().dim(f.transposeA() ? -2 : -1);
        Launch launch = on.kernel(SOURCE, "matmul").with(m, n, k).floats(a);
        launch.with(matrices(a.shape()) == 1 ? 0 : m * k)
                .with(f.transposeA() ? 1 : k, f.transposeA() ? m : 1)
                .floats(b)
                .with(matrices(b.shape()) == 1 ? 0 : k * n)
                .with(f.transposeB() ? 1 : n, f.transposeB() ? k : 1)
                .floats(y);
        run(EpilogueGpu.add(launch, f.epilogue(), in, 2, y), m, n, matrices(y.shape()));
    }

    private static int matrices(Shape shape) {
        return shape.product(0, shape.rank() - 2);
    }

    /// Program of kernels that are products in tiles.
    public static Source product(String part) {
        return new Source(part, List.of("matmul/epilogue.k", part), ElementwiseGpu.activation());
    }

    /// Number of tiles of a product with `m` rows and `n` columns.
    public static int tiles(int m, int n) {
        return Math.multiplyExact(Launch.ceil(m, TILE), Launch.ceil(n, TILE));
    }

    /// Runs such a kernel for `count` products with `m` rows and `n` columns.
    public static void run(Launch launch, int m, int n, int count) {
        launch.groups(Math.multiplyExact(tiles(m, n), count), 1, 1, 16, 16);
    }
}
