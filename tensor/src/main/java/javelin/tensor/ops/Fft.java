package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
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
/// Axes are counted as if the pair were one number: `-1` is the axis in front of it. Along several
/// axes the transforms follow one another, in any order: `fft(x, -3, -2, -1)` is that of volumes.
/// Any length from 1 on is taken, at a cost of `n·log n`. What is not finite spreads over all
/// numbers of its transform and no further. The gradient is the transform of the other sign.
///
/// @param axes transformed axes, from the front; at least one
/// @param inverse whether the exponent is positive
/// @param scale factor of the result
public record Fft(List<Integer> axes, boolean inverse, double scale) implements LinearMap {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if the list is empty
    public Fft {
        axes = List.copyOf(axes);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("fft: no axis is named; name at least one");
        }
    }

    /// Forward transform along the named axes, or along the last one if none is named; see the
    /// class.
    ///
    /// @throws ShapeException if `x` has no pairs or no such axis, one has length 0, or one is
    ///   named twice
    public static Tensor fft(Tensor x, int... axes) {
        return of("fft", x, false, axes);
    }

    /// Inverse transform along the named axes, or along the last one if none is named, scaled by
    /// one over the product of their lengths.
    ///
    /// @throws ShapeException as [#fft(Tensor, int...)]
    public static Tensor ifft(Tensor x, int... axes) {
        return of("ifft", x, true, axes);
    }

    /// Forward transform of images: [#fft(Tensor, int...)] along the last two axes.
    ///
    /// @throws ShapeException as there
    public static Tensor fft2(Tensor x) {
        return of("fft2", x, false, -2, -1);
    }

    /// Inverse transform of images: [#ifft(Tensor, int...)] along the last two axes.
    ///
    /// @throws ShapeException as there
    public static Tensor ifft2(Tensor x) {
        return of("ifft2", x, true, -2, -1);
    }

    private static Tensor of(String op, Tensor x, boolean inverse, int... axes) {
        return along(resolve(op, x.shape(), numbers(op, x.shape()), axes), inverse, x);
    }

    /// Transform along resolved axes; `x` itself if there are none.
    static Tensor along(List<Integer> axes, boolean inverse, Tensor x) {
        if (axes.isEmpty()) {
            return x;
        }
        return Tensor.apply(
                new Fft(axes, inverse, inverse ? 1 / Axes.count(x.shape(), axes) : 1), x);
    }

    /// The named axes of `numbers` from the front, ascending; the last one if none is named.
    ///
    /// @param input what an error shows
    /// @throws ShapeException if there is no such axis, one has length 0, or one is named twice
    static List<Integer> resolve(String op, Shape input, Shape numbers, int... named) {
        List<Integer> axes = Axes.resolve(op, numbers, named.length == 0 ? new int[] {-1} : named);
        for (int axis : axes) {
            if (numbers.dim(axis) == 0) {
                throw new ShapeException(
                        op,
                        "axis %d of input %s has length 0".formatted(axis, input),
                        List.of(input));
            }
        }
        return axes;
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
        resolve("fft", in.getFirst(), numbers, Axes.array(axes));
        return in.getFirst();
    }

    @Override
    public DType type(List<DType> in) {
        return real(inverse ? "ifft" : "fft", in.getFirst());
    }

    /// The type, if it is one of real numbers.
    ///
    /// @throws IllegalArgumentException if it is not
    static DType real(String op, DType type) {
        if (!type.isFloat()) {
            throw new IllegalArgumentException(
                    op + ": input holds integers; convert it with Cast.cast(x, type)");
        }
        return type;
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
