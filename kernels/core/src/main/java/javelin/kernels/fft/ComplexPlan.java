package javelin.kernels.fft;

import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Work;

/// Complex transforms `y[k] = Σ_j x[j] · e^(∓2πi·jk/n)` along the middle axis of arrays `[outer, n,
/// inner]`. Immutable; shared by any number of threads. Any length is taken, and for every one the
/// work grows like `n·log n`.
///
/// The methods lay out the work for given memory, once; running it allocates nothing:
///
/// ```java
/// Work forward = ComplexPlan.of(1024).forward(split(re, im), split(outRe, outIm));
/// forward.run(workers);
/// ```
///
/// Input and output may be the same memory, laid out in the same way, but must not overlap
/// otherwise. The bits of a result do not depend on the number of threads.
public final class ComplexPlan {
    private final Length length;
    private final Batch batch;

    private ComplexPlan(Length length, Batch batch) {
        this.length = length;
        this.batch = batch;
    }

    /// Plan of one transform of length `n`.
    ///
    /// @throws IllegalArgumentException if `n` is not positive
    public static ComplexPlan of(int n) {
        return of(1, n, 1);
    }

    /// Plan of `outer · inner` transforms.
    ///
    /// @throws IllegalArgumentException if `n` is not positive, another size is negative, or there
    ///   are more than 2³⁰ numbers
    public static ComplexPlan of(int outer, int n, int inner) {
        return new ComplexPlan(Length.of(n), Length.batch(outer, n, inner));
    }

    /// Forward transform: the exponent is negative, nothing is scaled.
    public Work forward(ComplexFloats x, ComplexFloats y) {
        return work(x, y, false, 1, Simd.isAvailable());
    }

    /// Inverse transform, scaled by `1/n`.
    public Work inverse(ComplexFloats x, ComplexFloats y) {
        return work(x, y, true, 1.0 / length.n(), Simd.isAvailable());
    }

    /// Forward transform: the exponent is negative, nothing is scaled.
    public Work forward(ComplexDoubles x, ComplexDoubles y) {
        return PlainColumns.complex(length.plain(), x, y, batch, 1);
    }

    /// Inverse transform, scaled by `1/n`.
    public Work inverse(ComplexDoubles x, ComplexDoubles y) {
        double scale = 1.0 / length.n();
        return PlainColumns.complex(length.plain(), x.swapped(), y.swapped(), batch, scale);
    }

    /// Either transform, times `scale`.
    Work work(ComplexFloats x, ComplexFloats y, boolean inverse, double scale, boolean simd) {
        Work fast = simd ? FloatTransforms.complex(length, x, y, batch, inverse, scale) : null;
        if (fast != null) {
            return fast;
        }
        Complexes from = inverse ? x.swapped() : x;
        Complexes to = inverse ? y.swapped() : y;
        return PlainColumns.complex(length.plain(), from, to, batch, scale);
    }
}
