package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Discrete Fourier transform of complex numbers along some axes, forward or inverse.
///
/// `y[k] = Σ_j x[j] · e^(−2πi·jk/n)`, and back `x[j] = 1/n · Σ_k y[k] · e^(2πi·jk/n)`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[…, 2]`: real and imaginary part innermost |
/// | result | the same |
///
/// Axes are counted as if the pair were one number: `-1` is the axis in front of it. Any length is
/// taken. Its gradient is the transform of the other sign.
///
/// @param axes transformed axes, from the front
/// @param inverse whether the exponent is positive
/// @param scale factor of the result
public record Fft(List<Integer> axes, boolean inverse, double scale) implements LinearMap {
    /// Copies the list.
    public Fft {
        axes = List.copyOf(axes);
    }

    /// Forward transform along the last axis; see the class.
    ///
    /// @throws ShapeException if `x` has no such axis, or no pairs
    public static Tensor fft(Tensor x) {
        return fft(x, -1);
    }

    /// Forward transform along one axis.
    ///
    /// @throws ShapeException if `x` has no such axis, or no pairs
    public static Tensor fft(Tensor x, int axis) {
        return of("fft", x, false, axis);
    }

    /// Inverse transform along the last axis, scaled by `1/n`.
    ///
    /// @throws ShapeException if `x` has no such axis, or no pairs
    public static Tensor ifft(Tensor x) {
        return ifft(x, -1);
    }

    /// Inverse transform along one axis, scaled by `1/n`.
    ///
    /// @throws ShapeException if `x` has no such axis, or no pairs
    public static Tensor ifft(Tensor x, int axis) {
        return of("ifft", x, true, axis);
    }

    /// Forward transform along the last two axes.
    ///
    /// @throws ShapeException if `x` has no such axes, or no pairs
    public static Tensor fft2(Tensor x) {
        return of("fft2", x, false, -2, -1);
    }

    /// Inverse transform along the last two axes, scaled by one over their sizes.
    ///
    /// @throws ShapeException if `x` has no such axes, or no pairs
    public static Tensor ifft2(Tensor x) {
        return of("ifft2", x, true, -2, -1);
    }

    private static Tensor of(String op, Tensor x, boolean inverse, int... axes) {
        Shape numbers = numbers(op, x.shape());
        List<Integer> resolved = Axes.resolve(op, numbers, axes);
        double scale = inverse ? 1 / Math.max(Axes.count(numbers, resolved), 1) : 1;
        return Tensor.apply(new Fft(resolved, inverse, scale), x);
    }

    /// Shape without the pairs.
    ///
    /// @throws ShapeException if there are none
    static Shape numbers(String op, Shape x) {
        if (x.rank() < 2 || x.dim(-1) != 2) {
            throw new ShapeException(
                    op,
                    "input %s must be […, n, 2], with real and imaginary part innermost"
                            .formatted(x),
                    List.of(x));
        }
        return x.range(0, x.rank() - 1);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape numbers = numbers("fft", in.getFirst());
        for (int axis : axes) {
            if (numbers.dim(Axes.resolve("fft", numbers, axis)) == 0) {
                throw new ShapeException(
                        "fft",
                        "axis %d of input %s has length 0".formatted(axis, in.getFirst()),
                        in);
            }
        }
        return in.getFirst();
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.fft.Fft(Axes.bits(axes), inverse, scale), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return Tensor.apply(new Fft(axes, !inverse, scale), dy);
    }
}
