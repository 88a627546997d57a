package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
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
/// Along several axes the last named one is halved, and the spectrum is then transformed along the
/// others by [Fft]: `rfft(x, -2, -1)` of images `[…, h, w]` is `[…, h, ⌊w/2⌋+1, 2]`. Its adjoint is
/// [Irfft] with the same numbers.
///
/// @param axis transformed axis of `x`, from the front
/// @param scale factor of the result
/// @param inner further factor of the frequencies that stand for two
public record Rfft(int axis, double scale, double inner) implements LinearMap {
    /// Transform along the named axes, or along the last one if none is named; see the class.
    ///
    /// @throws ShapeException if `x` has no such axis, one has length 0, or one is named twice
    public static Tensor rfft(Tensor x, int... axes) {
        return of("rfft", x, axes);
    }

    /// Transform of images: [#rfft(Tensor, int...)] along the last two axes.
    ///
    /// @throws ShapeException as there
    public static Tensor rfft2(Tensor x) {
        return of("rfft2", x, -2, -1);
    }

    private static Tensor of(String op, Tensor x, int... axes) {
        List<Integer> all = Fft.resolve(op, x.shape(), x.shape(), axes);
        int halved = halved(x.shape(), axes);
        Tensor half = Tensor.apply(new Rfft(halved, 1, 1), x);
        return Fft.along(without(halved, all), false, half);
    }

    /// The last named axis, from the front; the last one of `numbers` if none is named.
    static int halved(Shape numbers, int... axes) {
        return numbers.axis(axes.length == 0 ? -1 : axes[axes.length - 1]);
    }

    /// The others of some axes.
    static List<Integer> without(int axis, List<Integer> axes) {
        return axes.stream().filter(a -> a != axis).toList();
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        Fft.resolve("rfft", x, x, axis);
        return x.with(axis, x.dim(axis) / 2 + 1).append(2);
    }

    @Override
    public DType type(List<DType> in) {
        return Fft.real("rfft", in.getFirst());
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
