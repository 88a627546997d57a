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
        return cpu.simd()
                ? new DepthwiseSimd(f.geometry(), in.get(0).shape(), in.get(1).shape(), y.shape())
                        .forward(f.epilogue(), in, y)
                : DepthwisePlain.work(f, in, y);
    }

    static Work work(Conv2dInput f, List<View> in, View dx, Cpu cpu) {
        return cpu.simd()
                ? new DepthwiseSimd(f.geometry(), dx.shape(), in.get(1).shape(), in.get(0).shape())
                        .input(f.epilogue(), in, dx)
                : DepthwisePlain.work(f, in, dx);
    }

    static Work work(Conv2dWeight f, List<View> in, View dw, Cpu cpu) {
        return cpu.simd()
                ? new DepthwiseSimd(f.geometry(), in.get(0).shape(), dw.shape(), in.get(1).shape())
                        .weight(in.get(0), in.get(1), dw)
                : DepthwisePlain.work(f, in, dw);
    }
}
