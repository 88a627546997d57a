package javelin.kernels.fft;

import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Cpu;
import javelin.kernels.cpu.Work;

import java.util.List;

/// Fourier transforms in 32 bits: plans on the memory of views.
public final class FftCpu {
    private FftCpu() {}

    /// One axis after the other, the innermost first; all but the first in the memory of the
    /// result.
    public static Work work(Fft f, List<View> in, View y, Cpu cpu) {
        Shape shape = y.shape();
        int last = shape.rank() - 1;
        if (shape.size() == 0) {
            return Work.NONE;
        }
        ComplexFloats from = complex(in.getFirst());
        ComplexFloats to = complex(y);
        Work all = Work.NONE;
        double scale = f.scale();
        for (int axis = last - 1; axis >= 0; axis--) {
            if ((f.axes() >> axis & 1) == 1) {
                int inner = shape.product(axis + 1, last);
                var plan = ComplexPlan.of(shape.product(0, axis), shape.dim(axis), inner);
                Work one = plan.work(from, to, f.inverse(), scale, cpu.simd());
                all = all.then(one);
                from = to;
                scale = 1;
            }
        }
        return all;
    }

    /// From real numbers.
    public static Work work(Rfft f, List<View> in, View y, Cpu cpu) {
        View x = in.getFirst();
        if (y.length() == 0) {
            return Work.NONE;
        }
        return plan(x.shape(), f.axis())
                .forward(real(x), complex(y), f.scale(), f.inner(), cpu.simd());
    }

    /// To real numbers.
    public static Work work(Irfft f, List<View> in, View x, Cpu cpu) {
        if (x.length() == 0) {
            return Work.NONE;
        }
        return plan(x.shape(), f.axis())
                .inverse(complex(in.getFirst()), real(x), f.scale(), f.inner(), cpu.simd());
    }

    private static RealPlan plan(Shape x, int axis) {
        return RealPlan.of(x.product(0, axis), x.dim(axis), x.product(axis + 1, x.rank()));
    }

    private static ComplexFloats complex(View v) {
        return ComplexFloats.interleaved(v.floats(), v.offset());
    }

    private static ComplexFloats real(View v) {
        return ComplexFloats.real(v.floats(), v.offset());
    }
}
