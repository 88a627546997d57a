package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Real numbers from half of their spectrum: the inverse of [Rfft].
///
/// `x[j] = 1/n · Σ_k y[k] · e^(2πi·jk/n)` over the whole spectrum, whose second half is the mirror
/// image of the first. The imaginary parts of `y[0]` and, for even `n`, of `y[n/2]` do not count.
///
/// | operand | shape |
/// |---|---|
/// | `y` | `[…, ⌊n/2⌋+1, …, 2]`: real and imaginary part innermost |
/// | result | `[…, n, …]` |
///
/// @param axis transformed axis, from the front
/// @param n length of the result along it
/// @param scale factor of the result
/// @param inner further factor of the frequencies that stand for two
public record Irfft(int axis, int n, double scale, double inner) implements LinearMap {
    /// `n` real numbers along the last axis; see the class.
    ///
    /// @throws ShapeException if `y` has no pairs, or not `⌊n/2⌋+1` of them along that axis
    public static Tensor irfft(Tensor y, int n) {
        return irfft(y, n, -1);
    }

    /// `n` real numbers along one axis, counted as if a pair were one number.
    ///
    /// @throws ShapeException if `y` has no pairs, or not `⌊n/2⌋+1` of them along that axis
    public static Tensor irfft(Tensor y, int n, int axis) {
        int resolved = Axes.resolve("irfft", Fft.numbers("irfft", y.shape()), axis);
        return Tensor.apply(new Irfft(resolved, n, 1.0 / n, 2), y);
    }

    /// Images `[…, h, w]` from `[…, h, ⌊w/2⌋+1, 2]`: the inverse of `rfft2`.
    ///
    /// @throws ShapeException if `y` has no pairs, or not `⌊w/2⌋+1` of them in a row
    public static Tensor irfft2(Tensor y, int w) {
        return irfft(Fft.ifft(y, -2), w);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape numbers = Fft.numbers("irfft", in.getFirst());
        int half = numbers.dim(Axes.resolve("irfft", numbers, axis));
        if (n < 1 || half != n / 2 + 1) {
            throw new ShapeException(
                    "irfft",
                    "axis %d of input %s has %d numbers, which is not ⌊n/2⌋+1 for n = %d"
                            .formatted(axis, in.getFirst(), half, n),
                    in);
        }
        return numbers.with(axis, n);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.fft.Irfft(axis, scale, inner), in, out);
    }

    @Override
    public Tensor adjoint(Shape y, Tensor dx) {
        return Tensor.apply(new Rfft(axis, scale, inner), dx);
    }
}
