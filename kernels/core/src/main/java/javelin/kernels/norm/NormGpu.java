package javelin.kernels.norm;

import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Source;

import java.util.List;

/// Moments and batch normalisation on a device.
public final class NormGpu {
    private static final Source SOURCE = Source.of("reduce/reduce.k", "norm/norm.k");

    private NormGpu() {}

    /// `mean[k] = Σ x / n`, `variance[k] = Σ (x − mean)² / n`.
    public static void run(Moments f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        int c = x.shape().dim(-1);
        on.kernel(SOURCE, "moments").floats(x).with(perChannel(x), c).floats(y).rows(c);
    }

    /// `y = x̂ · gamma + beta`.
    public static void run(BatchNorm f, List<View> in, View y, GpuBackend on) {
        on.kernel(SOURCE, "batch_norm")
                .with(f.epsilon())
                .floats(in.get(0))
                .floats(in.get(1))
                .floats(in.get(2))
                .floats(in.get(3))
                .floats(y)
                .with(y.shape().dim(-1))
                .items(y.length());
    }

    /// `sums[0,k] = Σ dy · x̂`, `sums[1,k] = Σ dy`.
    public static void run(BatchNormSums f, List<View> in, View sums, GpuBackend on) {
        View x = in.get(0);
        int c = x.shape().dim(-1);
        on.kernel(SOURCE, "batch_norm_sums")
                .with(f.epsilon())
                .floats(x)
                .floats(in.get(1))
                .floats(in.get(2))
                .floats(sums)
                .with(perChannel(x), c)
                .rows(c);
    }

    /// `dx = gamma / √(variance + ε) · (dy − sums[1]/n − x̂ · sums[0]/n)`.
    public static void run(BatchNormInput f, List<View> in, View dx, GpuBackend on) {
        on.kernel(SOURCE, "batch_norm_input")
                .with(f.epsilon(), 1.0 / perChannel(dx))
                .floats(in.get(0))
                .floats(in.get(1))
                .floats(in.get(2))
                .floats(in.get(3))
                .floats(in.get(4))
                .floats(dx)
                .with(dx.shape().dim(-1))
                .items(dx.length());
    }

    private static int perChannel(View x) {
        return x.shape().product(0, x.shape().rank() - 1);
    }
}
