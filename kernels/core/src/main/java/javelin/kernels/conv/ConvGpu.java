package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Launch;
import javelin.kernels.gpu.Source;
import javelin.kernels.matmul.EpilogueGpu;
import javelin.kernels.matmul.MatmulGpu;

import java.util.List;

/// Convolution and its adjoints on a device: products of matrices that are never written down.
public final class ConvGpu {
    private static final Source SOURCE = MatmulGpu.product("conv/conv.k");

    private ConvGpu() {}

    /// `y[n,p,q,o] = Σ x[n,r,s,g·C+c] · w[i,j,c,o]`, then the epilogue.
    public static void run(Conv2d f, List<View> in, View y, GpuBackend on) {
        Shape w = in.get(1).shape();
        Launch launch = kernel("conv2d", f.geometry(), in.get(0), w, y, pixels(y), on);
        launch.floats(in.get(0)).floats(in.get(1)).floats(y);
        EpilogueGpu.add(launch, f.epilogue(), in, 2, y);
        int groups = f.geometry().groups();
        MatmulGpu.tiles(launch, pixels(y), w.dim(3) / groups, groups);
    }

    /// `dx[n,r,s,g·C+c] = Σ dy[n,p,q,o] · w[i,j,c,o]`, then the epilogue.
    public static void run(Conv2dInput f, List<View> in, View dx, GpuBackend on) {
        Shape w = in.get(1).shape();
        Launch launch = kernel("conv2d_input", f.geometry(), dx, w, in.get(0), pixels(dx), on);
        launch.floats(in.get(0)).floats(in.get(1)).floats(dx);
        EpilogueGpu.add(launch, f.epilogue(), in, 2, dx);
        MatmulGpu.tiles(launch, pixels(dx), w.dim(2), f.geometry().groups());
    }

    /// `dw[i,j,c,o] = Σ x[n,r,s,g·C+c] · dy[n,p,q,o]`.
    public static void run(Conv2dWeight f, List<View> in, View dw, GpuBackend on) {
        Shape w = dw.shape();
        View dy = in.get(1);
        Launch launch = kernel("conv2d_weight", f.geometry(), in.get(0), w, dy, pixels(dy), on);
        launch.floats(in.get(0)).floats(dy).floats(dw);
        int groups = f.geometry().groups();
        MatmulGpu.tiles(launch, w.product(0, 3), w.dim(3) / groups, groups);
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
