package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
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
/// Along several axes `y` is first transformed along all but the last named one by the inverse of
/// [Fft]: `irfft(y, w, -2, -1)` of `[…, h, ⌊w/2⌋+1, 2]` is images `[…, h, w]`.
///
/// @param axis transformed axis, from the front
/// @param n length of the result along it
/// @param scale factor of the result
/// @param inner further factor of the frequencies that stand for two
public record Irfft(int axis, int n, double scale, double inner) implements LinearMap {
    /// Real numbers along the named axes, `n` along the last of them, or along the last axis if
    /// none is named; see the class. Axes are counted as if a pair were one number.
    ///
    /// @throws ShapeException if `y` has no pairs or no such axis, one has length 0 or is named
    ///   twice, or there are not `⌊n/2⌋+1` numbers along the last named one
    public static Tensor irfft(Tensor y, int n, int... axes) {
        return of("irfft", y, n, axes);
    }

    /// Images `[…, h, w]` from `[…, h, ⌊w/2⌋+1, 2]`: [#irfft(Tensor, int, int...)] along the last
    /// two axes.
    ///
    /// @throws ShapeException as there
    public static Tensor irfft2(Tensor y, int w) {
        return of("irfft2", y, w, -2, -1);
    }

    private static Tensor of(String op, Tensor y, int n, int... axes) {
        Shape numbers = Fft.numbers(op, y.shape());
        List<Integer> all = Fft.resolve(op, y.shape(), numbers, axes);
        int halved = Rfft.halved(numbers, axes);
        check(op, y.shape(), halved, n);
        Tensor half = Fft.along(Rfft.without(halved, all), true, y);
        return Tensor.apply(new Irfft(halved, n, 1.0 / n, 2), half);
    }

    private static void check(String op, Shape y, int axis, int n) {
        int half = y.dim(axis);
        if (n < 1 || half != n / 2 + 1) {
            throw new ShapeException(
                    op,
                    "axis %d of input %s has length %d, which is not ⌊n/2⌋+1 for n = %d; n must be %s"
                            .formatted(
                                    axis,
                                    y,
                                    half,
                                    n,
                                    half == 1 ? "1" : 2 * half - 2 + " or " + (2 * half - 1)),
                    List.of(y));
        }
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape y = in.getFirst();
        Shape numbers = Fft.numbers("irfft", y);
        Fft.resolve("irfft", y, numbers, axis);
        check("irfft", y, axis, n);
        return numbers.with(axis, n);
    }

    @Override
    public DType type(List<DType> in) {
        return Fft.real("irfft", in.getFirst());
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
