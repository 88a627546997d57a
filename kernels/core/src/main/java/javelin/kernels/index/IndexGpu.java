package javelin.kernels.index;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Scratch;
import javelin.kernels.gpu.Source;

import java.util.List;

/// Selection by index on a device. An index outside its axis touches nothing; the next call that
/// waits for the device reports it.
public final class IndexGpu {
    private static final Source SOURCE = Source.of("index/index.k");

    private IndexGpu() {}

    /// `y[a, i, b] = x[a, index[i], b]`.
    public static void run(Gather f, List<View> in, View y, GpuBackend on) {
        View x = in.get(0);
        View index = in.get(1);
        on.kernel(SOURCE, "gather")
                .words(x)
                .ints(index)
                .words(y)
                .fault()
                .with(x.shape().dim(f.axis()), index.length(), inner(x, f.axis()))
                .items(y.length());
    }

    /// `y = 0`, then `y[a, index[i], b] += x[a, i, b]`.
    public static void run(ScatterAdd f, List<View> in, View y, GpuBackend on) {
        View index = in.get(1);
        int size = y.shape().dim(f.axis());
        int picks = index.length();
        try (Scratch heads = on.scratch(DType.I32, Shape.of(size));
                Scratch nexts = on.scratch(DType.I32, Shape.of(picks))) {
            on.kernel(SOURCE, "no_picks").ints(heads.view()).items(size);
            on.kernel(SOURCE, "list_picks")
                    .ints(index)
                    .ints(heads.view())
                    .ints(nexts.view())
                    .fault()
                    .with(size)
                    .items(picks);
            on.kernel(SOURCE, "add_picks")
                    .floats(in.get(0))
                    .ints(heads.view())
                    .ints(nexts.view())
                    .floats(y)
                    .with(size, picks, inner(y, f.axis()))
                    .items(y.length());
        }
    }

    private static int inner(View x, int axis) {
        return x.shape().product(axis + 1, x.shape().rank());
    }

    /// `y[i, k] = 1 if k = index[i], else 0`.
    public static void run(OneHot f, List<View> in, View y, GpuBackend on) {
        on.kernel(SOURCE, "one_hot")
                .ints(in.getFirst())
                .floats(y)
                .with(y.shape().dim(-1))
                .items(y.length());
    }
}
