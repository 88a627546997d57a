package javelin.kernels.reduce;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Source;
import javelin.kernels.gpu.Strides;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Reductions on a device.
public final class ReduceGpu {
    private static final Source SOURCE = Source.of("reduce/reduce.k", "reduce/axes.k");

    private ReduceGpu() {}

    /// `y[j] = reduce of x[i] over all i that lie above j`.
    public static void run(Reduce f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        Strides reduced = axes(x.shape(), f::reduces);
        Launch launch =
                f.kind() == Reduce.Kind.VARIANCE
                        ? on.kernel(SOURCE, "variance")
                        : on.kernel(SOURCE, "reduce").with(f.kind());
        launch.floats(x)
                .with(axes(x.shape(), axis -> !f.reduces(axis)))
                .with(reduced)
                .with(reduced.length())
                .floats(y)
                .rows(y.length());
    }

    /// Positions of the elements along some of the axes.
    private static Strides axes(Shape x, IntPredicate chosen) {
        int[] axes = IntStream.range(0, x.rank()).filter(chosen).toArray();
        int[] strides = x.strides();
        return new Strides(
                0,
                Shape.of(Arrays.stream(axes).map(x::dim).toArray()),
                Arrays.stream(axes).map(axis -> strides[axis]).toArray());
    }

    /// `y[a, b] = the k at which x[a, k, b] is extreme`.
    public static void run(ArgReduce f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        on.kernel(SOURCE, "arg_reduce")
                .with(f.largest() ? 1 : 0)
                .floats(x)
                .with(x.shape().dim(f.axis()))
                .with(x.shape().product(f.axis() + 1, x.shape().rank()))
                .ints(y)
                .items(y.length());
    }
}
