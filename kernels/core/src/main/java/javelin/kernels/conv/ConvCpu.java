package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;
import javelin.kernels.matmul.PackedProduct;
import javelin.kernels.matmul.Target;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Convolution and its two adjoints in 32 bits: chooses the way.
public final class ConvCpu {
    private ConvCpu() {}

    /// `y = x ⋆ w`, then the epilogue.
    public static Work work(Conv2d f, List<View> in, View y, Cpu cpu) {
        Shape w = in.get(1).shape();
        var product = product(f, in.get(0).shape(), w, y.shape(), cpu, false);
        if (product != null) {
            return product.work(in.get(0), in.get(1), y, Target.of(f.epilogue(), in, 2, y));
        }
        if (y.length() == 0) {
            return Work.NONE;
        }
        return Depthwise.fits(f.geometry(), w)
                ? Depthwise.work(f, in, y, cpu)
                : ConvPlain.work(f, in, y);
    }

    /// Gradient with respect to the image.
    public static Work work(Conv2dInput f, List<View> in, View dx, Cpu cpu) {
        Shape w = in.get(1).shape();
        var product = product(f, in.get(0).shape(), w, dx.shape(), cpu, false);
        if (product != null) {
            return product.work(in.get(0), in.get(1), dx, Target.of(f.epilogue(), in, 2, dx));
        }
        if (dx.length() == 0) {
            return Work.NONE;
        }
        return Depthwise.fits(f.geometry(), w)
                ? Depthwise.work(f, in, dx, cpu)
                : ConvPlain.work(f, in, dx);
    }

    /// Gradient with respect to the filters.
    public static Work work(Conv2dWeight f, List<View> in, View dw, Cpu cpu) {
        if (dw.length() == 0) {
            return Work.NONE;
        }
        if (Depthwise.fits(f.geometry(), dw.shape())) {
            return Depthwise.work(f, in, dw, cpu);
        }
        return cpu.simd()
                ? workers -> ConvWeightSimd.run(f.geometry(), in, dw, workers)
                : ConvPlain.work(f, in, dw);
    }

    /// The way that brings the filters into another form first; null if none does.
    ///
    /// @param prepared whether that is done once for many runs
    public static @Nullable PackedProduct product(
            Conv2d f, Shape x, Shape w, Shape y, Cpu cpu, boolean prepared) {
        boolean packs = cpu.simd() && y.size() > 0 && !Depthwise.fits(f.geometry(), w);
        return packs ? ConvSimd.product(f, x, w, y, prepared) : null;
    }

    /// All such ways, by name; the fastest differs from machine to machine.
    public static Map<String, PackedProduct> ways(Conv2d f, Shape x, Shape w, Shape y, Cpu cpu) {
        boolean packs = cpu.simd() && y.size() > 0 && !Depthwise.fits(f.geometry(), w);
        return packs ? ConvSimd.ways(f, x, w, y) : Map.of();
    }

    /// As the other, for the gradient with respect to the image.
    public static @Nullable PackedProduct product(
            Conv2dInput f, Shape dy, Shape w, Shape dx, Cpu cpu, boolean prepared) {
        boolean packs = cpu.simd() && dx.size() > 0 && !Depthwise.fits(f.geometry(), w);
        return packs ? ConvSimd.product(f, dy, w, dx, prepared) : null;
    }
}
