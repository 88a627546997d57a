package javelin.kernels.pool;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.AxisTable;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Source;

import java.util.Arrays;
import java.util.List;

/// Pooling on a device. Means are linear maps along both axes, maxima look at all pixels.
public final class PoolGpu {
    private static final Source SOURCE = Source.of("pool/pool.k");

    private PoolGpu() {}

    /// `y[n,p,q,c] = max x[n,r,s,c]`.
    public static void run(MaxPool2d f, List<View> in, View y, GpuBackend on) {
        Launch launch = maximum("max_pool", f.windows(), in.getFirst(), y, on);
        launch.floats(y).with(y.shape().dim(1), y.shape().dim(2)).items(y.length());
    }

    /// The position of that pixel.
    public static void run(ArgMaxPool2d f, List<View> in, View y, GpuBackend on) {
        Launch launch = maximum("arg_max_pool", f.windows(), in.getFirst(), y, on);
        launch.ints(y).with(y.shape().dim(1), y.shape().dim(2)).items(y.length());
    }

    private static Launch maximum(String kernel, Windows f, View x, View y, GpuBackend on) {
        return on.kernel(SOURCE, kernel)
                .floats(x)
                .with(x.shape().dim(1), x.shape().dim(2), x.shape().dim(3))
                .ints(windows(f, x.shape(), y.shape(), 1, on))
                .ints(windows(f, x.shape(), y.shape(), 2, on));
    }

    private static View windows(Windows f, Shape x, Shape y, int axis, GpuBackend on) {
        int in = x.dim(axis);
        int out = y.dim(axis);
        return on.table(
                List.of("windows", f, axis, in, out),
                () -> {
                    int[] ends = new int[2 * out];
                    for (int p = 0; p < out; p++) {
                        ends[2 * p] = begin(f, axis, p, in);
                        ends[2 * p + 1] = end(f, axis, p, in);
                    }
                    return ends;
                });
    }

    /// First pixel of a window inside the image.
    private static int begin(Windows f, int axis, int p, int in) {
        return Math.max(0, axis == 1 ? f.top(p, in) : f.left(p, in));
    }

    /// Pixel behind the last one of a window inside the image.
    private static int end(Windows f, int axis, int p, int in) {
        return Math.min(in, axis == 1 ? f.bottom(p, in) : f.right(p, in));
    }

    /// `y[n,p,q,c] = 1/size · Σ x[n,r,s,c]`.
    public static void run(AveragePool2d f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        AxisTable.apply(
                x,
                means(f.windows(), f.countPadding(), x.shape(), y.shape(), 1, false, on),
                means(f.windows(), f.countPadding(), x.shape(), y.shape(), 2, false, on),
                y,
                on);
    }

    /// `dx[n,r,s,c] = Σ 1/size · dy[n,p,q,c]` over the windows that see the pixel.
    public static void run(AveragePool2dInput f, List<View> in, View dx, GpuBackend on) {
        View dy = in.getFirst();
        AxisTable.apply(
                dy,
                means(f.windows(), f.countPadding(), dx.shape(), dy.shape(), 1, true, on),
                means(f.windows(), f.countPadding(), dx.shape(), dy.shape(), 2, true, on),
                dx,
                on);
    }

    private static View means(
            Windows f,
            boolean countPadding,
            Shape x,
            Shape y,
            int axis,
            boolean adjoint,
            GpuBackend on) {
        int in = x.dim(axis);
        int out = y.dim(axis);
        return on.table(
                List.of("means", f, countPadding, axis, in, out, adjoint),
                () -> {
                    int[] first = new int[out];
                    double[][] weight = new double[out][];
                    for (int p = 0; p < out; p++) {
                        first[p] = begin(f, axis, p, in);
                        weight[p] = new double[end(f, axis, p, in) - first[p]];
                        int whole =
                                axis == 1
                                        ? f.bottom(p, in) - f.top(p, in)
                                        : f.right(p, in) - f.left(p, in);
                        Arrays.fill(weight[p], 1.0 / (countPadding ? whole : weight[p].length));
                    }
                    AxisTable table = AxisTable.of(in, first, weight);
                    return (adjoint ? table.transposed() : table).words();
                });
    }
}
