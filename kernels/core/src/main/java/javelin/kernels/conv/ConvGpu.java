package javelin.kernels.conv;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Scratch;
import javelin.kernels.gpu.Source;
import javelin.kernels.matmul.EpilogueGpu;
import javelin.kernels.matmul.MatmulGpu;

import java.util.List;

/// Convolution and its adjoints on a device: products of matrices that are never written down.
public final class ConvGpu {
    private static final Source SOURCE = MatmulGpu.product("conv/conv.k");

    /// Groups of items that make a large device busy: two for each of its 128 or so processors.
    private static final int BUSY = 256;

    /// Pixels that are worth a product of their own.
    private static final int LEAST_SPAN = 1024;

    private ConvGpu() {}

    /// `y[n,p,q,o] = Σ x[n,r,s,g·C+c] · w[i,j,c,o]`, then the epilogue.
    public static void run(Conv2d f, List<View> in, View y, GpuBackend on) {
        Shape w = in.get(1).shape();
        Launch launch = kernel("conv2d", f.geometry(), in.get(0), w, y, pixels(y), on);
        launch.floats(in.get(0)).floats(in.get(1)).floats(y);
        EpilogueGpu.add(launch, f.epilogue(), in, 2, y);
        int groups = f.geometry().groups();
        MatmulGpu.run(launch, pixels(y), w.dim(3) / groups, groups);
    }

    /// `dx[n,r,s,g·C+c] = Σ dy[n,p,q,o] · w[i,j,c,o]`, then the epilogue.
    public static void run(Conv2dInput f, List<View> in, View dx, GpuBackend on) {
        Shape w = in.get(1).shape();
        Launch launch = kernel("conv2d_input", f.geometry(), dx, w, in.get(0), pixels(dx), on);
        launch.floats(in.get(0)).floats(in.get(1)).floats(dx);
        EpilogueGpu.add(launch, f.epilogue(), in, 2, dx);
        MatmulGpu.run(launch, pixels(dx), w.dim(2), f.geometry().groups());
    }

    /// `dw[i,j,c,o] = Σ x[n,r,s,g·C+c] · dy[n,p,q,o]`: the sum over spans of pixels that are
    /// products of their own, as many as make a device busy.
    public static void run(Conv2dWeight f, List<View> in, View dw, GpuBackend on) {
        int groups = f.geometry().groups();
        Shape w = dw.shape();
        int pixels = pixels(in.get(1));
        int tiles = groups * MatmulGpu.tiles(w.product(0, 3), w.dim(3) / groups);
        int spans = Math.min(pixels / LEAST_SPAN, Launch.ceil(BUSY, Math.max(tiles, 1)));
        if (spans <= 1) {
            spans(f, in, pixels, 1, w, dw, on);
            return;
        }
        int span = Launch.ceil(pixels, spans);
        try (Scratch parts = on.scratch(DType.F32, Shape.of(spans, dw.length()))) {
            spans(f, in, span, spans, w, parts.view(), on);
            on.kernel(SOURCE, "sum_spans")
                    .floats(parts.view())
                    .with(spans)
                    .floats(dw)
                    .items(dw.length());
        }
    }

    private static void spans(
            Conv2dWeight f, List<View> in, int span, int spans, Shape w, View dw, GpuBackend on) {
        View x = in.get(0);
        View dy = in.get(1);
        int groups = f.geometry().groups();
        Launch launch = kernel("conv2d_weight", f.geometry(), x, w, dy, pixels(dy), on);
        launch.with(span).floats(x).floats(dy).floats(dw);
        MatmulGpu.run(launch, w.product(0, 3), w.dim(3) / groups, groups * spans);
    }

    private static int pixels(View images) {
        return images.shape().product(0, 3);
    }

    /// The kernel with its first parameters: the structure `Conv`, and the number of pixels of all
    /// images together.
    private static Launch kernel(
            String name, Geometry f, View x, Shape w, View y, int pixels, GpuBackend on) {
        Shape xs = x.shape();
        Shape ys = y.shape();
        return on.kernel(SOURCE, name)
                .structure(
                        xs.dim(1),
                        xs.dim(2),
                        xs.dim(3),
                        w.dim(0),
                        w.dim(1),
                        f.groups(),
                        ys.dim(1),
                        ys.dim(2),
                        ys.dim(3),
                        f.strideH(),
                        f.strideW(),
                        f.padTop(),
                        f.padLeft(),
                        f.dilationH(),
                        f.dilationW())
                .with(pixels);
    }
}
