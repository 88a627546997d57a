package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.kernels.layout.Pad.Mode;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;
import java.util.stream.IntStream;

/// Convolution with kernels that are learned as their lowest frequencies, the layer of Fourier
/// neural operators: a composition of transforms and one product of matrices per frequency.
///
/// `Y[b,k,o] = Σ_c X[b,k,c] · w[k,c,o]` for the kept `k` and 0 for all others, where `X = rfft(x)`
/// and `y = irfft(Y)` along the axes between the outermost and the innermost
///
/// | operand | shape | unit |
/// |---|---|---|
/// | `x` | `[b, n₁, …, n_d, c]` | any |
/// | `w` | `[m₁, …, m_d, c, o, 2]`: real and imaginary part innermost | any |
/// | result | `[b, n₁, …, n_d, o]` | product of both |
///
/// Kept are `m_d ≤ ⌊n_d/2⌋+1` frequencies `0 … m_d−1` of the last axis, and `m ≤ n` of each other
/// one in the order of a transform of length `m`: `0 … ⌈m/2⌉−1`, then `−⌊m/2⌋ … −1`. As `w` does
/// not depend on `n`, it serves signals of any resolution. What of `Y` no real signal has does not
/// count: the imaginary part for `k = 0`, for instance.
///
/// @see "Li et al., Fourier Neural Operator for Parametric Partial Differential Equations, 2021,
///   section 4"
public final class SpectralConv {
    private SpectralConv() {}

    /// Convolution of `x` with the kernels of spectrum `w`; see the class.
    ///
    /// @throws ShapeException if the numbers of axes or channels do not fit, an axis has length 0,
    ///   or more frequencies are kept than there are
    public static Tensor spectralConv(Tensor x, Tensor w) {
        check(x.shape(), w.shape());
        int d = w.shape().rank() - 3;
        int[] axes = IntStream.rangeClosed(1, d).toArray();
        Tensor whole = Rfft.rfft(x, axes);
        Tensor kept = whole;
        for (int axis : axes) {
            kept = low(kept, axis, w.dim(axis - 1), axis == d ? 0 : w.dim(axis - 1) / 2);
        }
        Tensor y = product(kept, w);
        for (int axis : axes) {
            y = high(y, axis, whole.dim(axis), axis == d ? 0 : w.dim(axis - 1) / 2);
        }
        return Irfft.irfft(y, x.dim(d), axes);
    }

    /// `m` numbers along an axis, of which the last `negative` come from its end.
    private static Tensor low(Tensor x, int axis, int m, int negative) {
        int n = x.dim(axis);
        Tensor first = Slice.slice(x, axis, 0, m - negative);
        return negative == 0
                ? first
                : Concat.concat(axis, first, Slice.slice(x, axis, n - negative, n));
    }

    /// The inverse of [#low]: zeros between, up to length `n`.
    private static Tensor high(Tensor x, int axis, int n, int negative) {
        int m = x.dim(axis);
        int[] before = new int[x.shape().rank()];
        int[] after = new int[x.shape().rank()];
        after[axis] = n - m;
        Tensor first = Slice.slice(x, axis, 0, m - negative);
        Tensor padded = Pad.pad(first, Mode.CONSTANT, 0, before, after);
        return negative == 0
                ? padded
                : Concat.concat(axis, padded, Slice.slice(x, axis, m - negative, m));
    }

    /// `[b, m…, c, 2]` times `[m…, c, o, 2]`: the complex matrix `w` as the real one `[[re, im],
    /// [−im, re]]`.
    private static Tensor product(Tensor x, Tensor w) {
        int b = x.dim(0);
        int c = w.dim(-3);
        int o = w.dim(-2);
        int modes = w.shape().product(0, w.shape().rank() - 3);
        Tensor rows = w.reshape(modes, c, 1, o, 2);
        Tensor matrices = Concat.concat(2, rows, Pairs.timesI(rows)).reshape(modes, 2 * c, 2 * o);
        Tensor y = x.reshape(b, modes, 2 * c).permute(1, 0, 2).matmul(matrices);
        return y.permute(1, 0, 2).reshape(x.shape().with(-2, o).dims());
    }

    private static void check(Shape x, Shape w) {
        int d = w.rank() - 3;
        if (d < 1 || x.rank() != d + 2 || w.dim(-1) != 2) {
            throw new ShapeException(
                    "spectralConv",
                    "input %s and spectrum %s must be [b, n…, c] and [m…, c, o, 2] with as many m as n"
                            .formatted(x, w),
                    List.of(x, w));
        }
        if (x.dim(-1) != w.dim(-3)) {
            throw new ShapeException(
                    "spectralConv",
                    "input has %d channels but the spectrum expects %d (input %s, spectrum %s)"
                            .formatted(x.dim(-1), w.dim(-3), x, w),
                    List.of(x, w));
        }
        for (int axis = 1; axis <= d; axis++) {
            int most = axis == d ? x.dim(axis) / 2 + 1 : x.dim(axis);
            int m = w.dim(axis - 1);
            if (m < 1 || m > most) {
                throw new ShapeException(
                        "spectralConv",
                        "%d frequencies kept on axis %d, of which there are %d (input %s, spectrum %s)"
                                .formatted(m, axis, most, x, w),
                        List.of(x, w));
            }
        }
    }
}
