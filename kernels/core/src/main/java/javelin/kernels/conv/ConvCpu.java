package javelin.kernels.conv;

import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;

import java.util.List;

/// Convolution and its two adjoints in 32 bits: chooses the way.
public final class ConvCpu {
    private ConvCpu() {}

    /// `y = x ⋆ w`, then the epilogue.
    public static void run(Conv2d f, List<View> in, View y, Cpu cpu) {
        if (y.length() > 0 && Depthwise.fits(f.geometry(), in.get(1).shape())) {
            Depthwise.run(f, in, y, cpu);
        } else if (cpu.simd() && y.length() > 0) {
            ConvSimd.run(f, in, y, cpu.workers());
        } else if (y.length() > 0) {
            ConvPlain.run(f, in, y, cpu);
        }
    }

    /// Gradient with respect to the image.
    public static void run(Conv2dInput f, List<View> in, View dx, Cpu cpu) {
        if (dx.length() > 0 && Depthwise.fits(f.geometry(), in.get(1).shape())) {
            Depthwise.run(f, in, dx, cpu);
        } else if (cpu.simd() && dx.length() > 0) {
            ConvSimd.run(f, in, dx, cpu.workers());
        } else if (dx.length() > 0) {
            ConvPlain.run(f, in, dx, cpu);
        }
    }

    /// Gradient with respect to the filters.
    public static void run(Conv2dWeight f, List<View> in, View dw, Cpu cpu) {
        if (dw.length() > 0 && Depthwise.fits(f.geometry(), dw.shape())) {
            Depthwise.run(f, in, dw, cpu);
        } else if (cpu.simd() && dw.length() > 0) {
            ConvWeightSimd.run(f.geometry(), in, dw, cpu.workers());
        } else if (dw.length() > 0) {
            ConvPlain.run(f, in, dw, cpu);
        }
    }
}
