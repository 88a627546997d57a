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
        return workers -> {
            if (y.length() > 0 && Depthwise.fits(f.geometry(), w)) {
                Depthwise.run(f, in, y, cpu);
            } else if (y.length() > 0) {
                ConvPlain.run(f, in, y, cpu);
            }
        };
    }

    /// Gradient with respect to the image.
    public static Work work(Conv2dInput f, List<View> in, View dx, Cpu cpu) {
        Shape w = in.get(1).shape();
        var product = product(f, in.get(0).shape(), w, dx.shape(), cpu, false);
        if (product != null) {
            return product.work(in.get(0), in.get(1), dx, Target.of(f.epilogue(), in, 2, dx));
        }
        return workers -> {
            if (dx.length() > 0 && Depthwise.fits(f.geometry(), w)) {
                Depthwise.run(f, in, dx, cpu);
            } else if (dx.length() > 0) {
                ConvPlain.run(f, in, dx, cpu);
            }
        };
    }

    /// Gradient with respect to the filters.
    public static Work work(Conv2dWeight f, List<View> in, View dw, Cpu cpu) {
        return workers -> {
            if (dw.length() > 0 && Depthwise.fits(f.geometry(), dw.shape())) {
                Depthwise.run(f, in, dw, cpu);
            } else if (cpu.simd() && dw.length() > 0) {
                ConvWeightSimd.run(f.geometry(), in, dw, workers);
            } else if (dw.length() > 0) {
                ConvPlain.run(f, in, dw, cpu);
            }
        };
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
