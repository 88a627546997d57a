package javelin.kernels.softmax;

import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Source;

import java.util.List;

/// Softmax and its cross entropy on a device.
public final class SoftmaxGpu {
    private static final Source SOURCE = Source.of("reduce/reduce.k", "softmax/softmax.k");

    private SoftmaxGpu() {}

    /// `y[r,i] = x[r,i] − log Σ_j e^x[r,j]`, or the exponential of it.
    public static void run(Softmax f, List<View> in, View y, GpuBackend on) {
        int k = y.shape().dim(-1);
        on.kernel(SOURCE, "softmax")
                .with(f.log() ? 1 : 0)
                .floats(in.getFirst())
                .with(k)
                .floats(y)
                .rows(k == 0 ? 0 : y.length() / k);
    }

    /// `y[b] = −Σ_k t[b,k] · log softmax(x[b])[k]`.
    public static void run(SoftmaxCrossEntropy f, List<View> in, View y, GpuBackend on) {
        View x = in.get(0);
        on.kernel(SOURCE, "cross_entropy")
                .with(f.smoothing())
                .floats(x)
                .with(x.shape().dim(-1))
                .ints(in.get(1))
                .floats(y)
                .fault()
                .rows(y.length());
    }

    /// `dx[b,k] = dy[b] · (softmax(x[b])[k] − t[b,k])`.
    public static void run(SoftmaxCrossEntropyInput f, List<View> in, View dx, GpuBackend on) {
        View x = in.get(0);
        View dy = in.get(2);
        on.kernel(SOURCE, "cross_entropy_input")
                .with(f.smoothing())
                .floats(x)
                .with(x.shape().dim(-1))
                .ints(in.get(1))
                .floats(dy)
                .floats(dx)
                .fault()
                .rows(dy.length());
    }
}
