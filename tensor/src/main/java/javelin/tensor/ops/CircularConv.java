package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/// Circular convolution of real signals, images or volumes with kernels of the same extent, by the
/// convolution theorem: a composition of transforms and a product of spectra.
///
/// `y[i] = Σ_j x[j] · w[(i − j) mod n]` along each axis, that is `y = irfft(rfft(x) · rfft(w))`
///
/// | operand | shape | unit |
/// |---|---|---|
/// | `x` | `[…, n, …]` | any |
/// | `w` | as `x` along the axes; broadcasts elsewhere | any |
/// | result | that to which both broadcast | product of both |
///
/// Unlike [Conv2d] it mirrors the kernel, whose centre is element 0, and goes round at the borders.
/// It costs `n·log n` instead of `n²`.
///
/// @see "Oppenheim and Schafer, Discrete-Time Signal Processing, 2nd edition, 1999, section 8.6.5"
public final class CircularConv {
    private CircularConv() {}

    /// Convolution along the named axes of `x`, or along the last one if none is named; see the
    /// class. The axes of `w` are aligned with those of `x` at the innermost one.
    ///
    /// @throws ShapeException if `x` has no such axis, one has length 0 or is named twice, `w` has
    ///   another length along one, or the shapes do not broadcast
    public static Tensor circularConv(Tensor x, Tensor w, int... axes) {
        List<Integer> front = Fft.resolve("circularConv", x.shape(), x.shape(), axes);
        int[] back = front.stream().mapToInt(a -> a - x.shape().rank()).toArray();
        check(x.shape(), w.shape(), back);
        Tensor spectrum = Pairs.times(Rfft.rfft(x, back), Rfft.rfft(w, back));
        return Irfft.irfft(spectrum, x.dim(back[back.length - 1]), back);
    }

    private static void check(Shape x, Shape w, int... axes) {
        if (Arrays.stream(axes).anyMatch(a -> w.rank() < -a || w.dim(a) != x.dim(a))) {
            throw new ShapeException(
                    "circularConv",
                    "kernel %s must have the lengths of input %s along axes %s; pad it with zeros"
                            .formatted(w, x, Arrays.toString(axes)),
                    List.of(x, w));
        }
        Broadcasting.common("circularConv", List.of(x, w));
    }
}
