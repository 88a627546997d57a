package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;

import java.util.List;

/// Depthwise convolution with one filter per channel, and its adjoints: chooses between vectors and
/// plain loops.
final class Depthwise {
    private Depthwise() {}

    /// Whether each channel has one filter of its own.
    static boolean fits(Geometry f, Shape w) {
        return f.groups() > 1 && w.dim(2) == 1 && w.dim(3) == f.groups();
    }

    static Work work(Conv2d f, List<View> in, View y, Cpu cpu) {
        Geometry g = f.geometry();
        Shape x = in.get(0).shape();
        Shape w = in.get(1).shape();
        if (!cpu.simd()) {
            return DepthwisePlain.work(f, in, y);
        }
        return DepthwiseThreeSimd.fits(g, w)
                ? new DepthwiseThreeSimd(g.strideH(), g.padTop(), g.padLeft(), false, x, y.shape())
                        .work(f.epilogue(), in, y)
                : new DepthwiseSimd(g, x, w, y.shape()).forward(f.epilogue(), in, y);
    }

    /// With stride 1 the gradient to the image is a convolution with turned filters.
    static Work work(Conv2dInput f, List<View> in, View dx, Cpu cpu) {
        Geometry g = f.geometry();
        Shape dy = in.get(0).shape();
        Shape w = in.get(1).shape();
        if (!cpu.simd()) {
            return DepthwisePlain.work(f, in, dx);
        }
        return DepthwiseThreeSimd.fits(g, w) && g.strideH() == 1
                ? new DepthwiseThreeSimd(1, 2 - g.padTop(), 2 - g.padLeft(), true, dy, dx.shape())
                        .work(f.epilogue(), in, dx)
                : new DepthwiseSimd(g, dx.shape(), w, dy).input(f.epilogue(), in, dx);
    }

    static Work work(Conv2dWeight f, List<View> in, View dw, Cpu cpu) {
        Geometry g = f.geometry();
        Shape x = in.get(0).shape();
        Shape dy = in.get(1).shape();
        if (!cpu.simd()) {
            return DepthwisePlain.work(f, in, dw);
        }
        return DepthwiseThreeSimd.fits(g, dw.shape())
                ? new DepthwiseThreeSimd(g.strideH(), g.padTop(), g.padLeft(), false, x, dy)
                        .weight(in.get(0), in.get(1), dw)
                : new DepthwiseSimd(g, x, dw.shape(), dy).weight(in.get(0), in.get(1), dw);
    }
}
