package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Discrete Fourier transform of real numbers: the half `k = 0 … ⌊n/2⌋` of the spectrum; the other
/// half is its mirror image, conjugated.
///
/// `y[k] = Σ_j x[j] · e^(−2πi·jk/n)`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, n, …]` |
/// | result | `[…, ⌊n/2⌋+1, …, 2]`: real and imaginary part innermost |
///
/// Its adjoint is [Irfft] with the same numbers.
///
/// @param axis transformed axis of `x`, from the front
/// @param scale factor of the result
/// @param inner further factor of the frequencies that stand for two
public record Rfft(int axis, double scale, double inner) implements LinearMap {
    /// Transform along the last axis; see the class.
    ///
    /// @throws ShapeException if `x` has no axis, or of length 0
    public static Tensor rfft(Tensor x) {
        return rfft(x, -1);
    }

    /// Transform along one axis.
    ///
    /// @throws ShapeException if `x` has no such axis, or of length 0
    public static Tensor rfft(Tensor x, int axis) {
        return Tensor.apply(new Rfft(Axes.resolve("rfft", x.shape(), axis), 1, 1), x);
    }

    /// Transform of images `[…, h, w]` along the last two axes, to `[…, h, ⌊w/2⌋+1, 2]`.
    ///
    /// @throws ShapeException if `x` has no such axes, or of length 0
    public static Tensor rfft2(Tensor x) {
        Axes.resolve("rfft2", x.shape(), -2);
        return Fft.fft(rfft(x), -2);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        int n = x.dim(Axes.resolve("rfft", x, axis));
        if (n == 0) {
            throw new ShapeException(
                    "rfft", "axis %d of input %s has length 0".formatted(axis, x), in);
        }
        return x.with(axis, n / 2 + 1).append(2);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.fft.Rfft(axis, scale, inner), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(new Irfft(axis, x.dim(axis), scale, inner), dy);
    }
}
