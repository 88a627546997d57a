package javelin.kernels.fft;

import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Work;

/// Transforms of real numbers along the middle axis of arrays `[outer, n, inner]`; of the spectrum,
/// which is symmetric, the first `⌊n/2⌋ + 1` numbers are kept: `[outer, ⌊n/2⌋+1, inner]`.
/// Immutable; shared by any number of threads; used like [ComplexPlan]. Input and output must not
/// overlap.
public final class RealPlan {
    private final int n;
    private final Length length;
    private final Batch batch;

    private RealPlan(int n, Length length, Batch batch) {
        this.n = n;
        this.length = length;
        this.batch = batch;
    }

    /// Plan of one transform of length `n`.
    ///
    /// @throws IllegalArgumentException if `n` is not positive
    public static RealPlan of(int n) {
        return of(1, n, 1);
    }

    /// Plan of `outer · inner` transforms.
    ///
    /// @throws IllegalArgumentException if `n` is not positive, another size is negative, or there
    ///   are more than 2³⁰ numbers
    public static RealPlan of(int outer, int n, int inner) {
        Batch batch = Length.batch(outer, n, inner);
        return new RealPlan(n, Length.of(n % 2 == 0 ? n / 2 : n), batch);
    }

    /// `y[k] = Σ_j x[j] · e^(−2πi·jk/n)`, with `x` from element `at` on.
    public Work forward(float[] x, int at, ComplexFloats y) {
        return forward(ComplexFloats.real(x, at), y, 1, 1, Simd.isAvailable());
    }

    /// The real numbers of a spectrum, scaled by `1/n`. The imaginary parts of the first number
    /// and, for even `n`, of the last one are taken for 0.
    public Work inverse(ComplexFloats y, float[] x, int at) {
        return inverse(y, ComplexFloats.real(x, at), 1.0 / n, 2, Simd.isAvailable());
    }

    /// `y[k] = Σ_j x[j] · e^(−2πi·jk/n)`, with `x` from element `at` on.
    public Work forward(double[] x, int at, ComplexDoubles y) {
        var from = ComplexDoubles.real(x, at);
        return PlainColumns.forwardReal(length.plain(), n, from, y, batch, 1, 1);
    }

    /// The real numbers of a spectrum, scaled by `1/n`; see the one of 32 bits.
    public Work inverse(ComplexDoubles y, double[] x, int at) {
        var to = ComplexDoubles.real(x, at);
        return PlainColumns.inverseReal(length.plain(), n, y, to, batch, 1.0 / n, 2);
    }

    /// As [Rfft] has it.
    Work forward(ComplexFloats x, ComplexFloats y, double scale, double inner, boolean simd) {
        Work fast = null;
        if (simd && n > 1) {
            fast =
                    n % 2 == 0
                            ? FloatTransforms.forwardReal(length, x, y, batch, scale, inner)
                            : FloatTransforms.forwardWhole(n, x, y, batch, scale, inner);
        }
        if (fast != null) {
            return fast;
        }
        return PlainColumns.forwardReal(length.plain(), n, x, y, batch, scale, inner);
    }

    /// As [Irfft] has it.
    Work inverse(ComplexFloats y, ComplexFloats x, double scale, double inner, boolean simd) {
        Work fast = null;
        if (simd && n > 1) {
            fast =
                    n % 2 == 0
                            ? FloatTransforms.inverseReal(length, y, x, batch, scale, inner)
                            : FloatTransforms.inverseWhole(n, y, x, batch, scale, inner);
        }
        if (fast != null) {
            return fast;
        }
        return PlainColumns.inverseReal(length.plain(), n, y, x, batch, scale, inner);
    }
}
