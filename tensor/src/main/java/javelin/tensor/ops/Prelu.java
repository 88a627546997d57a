package javelin.tensor.ops;

import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/// `y = x` where `x` is positive, else `slope · x`, with a slope that can be learned.
///
/// | operand | shape |
/// |---|---|
/// | `x` | any |
/// | `slope` | `[]`, `[c]` for one slope per channel, or whatever broadcasts to `x` |
///
/// At 0 the derivative is the slope.
///
/// @see "He et al., Delving deep into rectifiers, 2015, Eq. (1)"
public record Prelu() implements Elementwise {
    /// Rectifier of `x` with a slope below 0; see the class.
    ///
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static Tensor prelu(Tensor x, Tensor slope) {
        return Tensor.apply(new Prelu(), x, slope);
    }

    @Override
    public Kernel kernel() {
        return Binary.PRELU;
    }

    @Override
    public Keep keep() {
        return Keep.INPUTS;
    }

    @Override
    public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
        Tensor x = saved.input(0);
        Tensor zero = Tensor.scalar(x.backend(), 0);
        return Arrays.asList(
                saved.needs(0)
                        ? Broadcasting.undo(dx(x, saved.input(1), dy), saved.shape(0))
                        : null,
                saved.needs(1)
                        ? Broadcasting.undo(dy.mul(Minimum.minimum(x, zero)), saved.shape(1))
                        : null);
    }

    private static Tensor dx(Tensor x, Tensor slope, Tensor dy) {
        Tensor zero = Tensor.scalar(x.backend(), 0);
        return Where.where(Compare.greater(x, zero), dy, dy.mul(slope));
    }
}
