package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Geometry;
import javelin.kernels.matmul.Epilogue;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// 2-D cross-correlation of a batch of images with a bank of filters; the bias is added by the
/// convolution's kernel.
///
/// `y[n,p,q,o] = Σ_{i,j,c} x[n, p·s + i·d − pad, q·s + j·d − pad, c] · w[i,j,c,o] + b[o]`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | `w` | `[kh, kw, c/groups, o]` |
/// | `b` | `[o]`, or absent |
/// | result | `[n, ⌊(h + pads − d·(kh−1) − 1)/s⌋ + 1, …, o]` |
///
/// Its adjoints are [ConvTranspose2d] in the image and [Conv2dWeight] in the filters.
///
/// @param geometry strides, padding, dilation and groups
/// @param bias whether there is a third input, the bias
/// @see "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, section 2"
public record Conv2d(Geometry geometry, boolean bias) implements Product {
    /// Convolution of `x` with `w`; see the class.
    ///
    /// @throws ShapeException if channels do not match or the window exceeds the padded image
    public static Tensor conv2d(Tensor x, Tensor w, Geometry geometry) {
        return conv2d(x, w, null, geometry);
    }

    /// Convolution of `x` with `w`, plus a bias per output channel; see the class.
    ///
    /// @throws ShapeException if channels do not match or the window exceeds the padded image
    public static Tensor conv2d(Tensor x, Tensor w, @Nullable Tensor bias, Geometry geometry) {
        return bias == null
                ? Tensor.apply(new Conv2d(geometry, false), x, w)
                : Tensor.apply(new Conv2d(geometry, true), x, w, bias);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        Shape w = in.get(1);
        checkRanks("conv2d", "input", "[n, h, w, c]", x, w, in);
        int groups = geometry.groups();
        if (x.dim(3) != w.dim(2) * groups) {
            throw new ShapeException(
                    "conv2d",
                    "input has %d channels but the weight expects %d (input %s, weight %s, groups %d)%s"
                            .formatted(x.dim(3), w.dim(2) * groups, x, w, groups, hint(x, w)),
                    in);
        }
        checkGroups("conv2d", w, groups, in);
        if (bias) {
            checkBias("conv2d", in.get(2), w.dim(3), in);
        }
        int oh = geometry.outH(x.dim(1), w.dim(0));
        int ow = geometry.outW(x.dim(2), w.dim(1));
        if (oh < 1 || ow < 1) {
            throw new ShapeException(
                    "conv2d",
                    "a window of %d×%d does not fit the padded image (input %s, weight %s, %s)"
                            .formatted(w.dim(0), w.dim(1), x, w, geometry),
                    in);
        }
        return Shape.of(x.dim(0), oh, ow, w.dim(3));
    }

    private String hint(Shape x, Shape w) {
        return x.dim(1) == w.dim(2) * geometry.groups()
                ? "; images are [n, h, w, c] here: did you mean input.permute(0, 2, 3, 1)?"
                : "";
    }

    static void checkRanks(String op, String name, String form, Shape x, Shape w, List<Shape> in) {
        if (x.rank() != 4 || w.rank() != 4) {
            throw new ShapeException(
                    op,
                    "%s %s and weight %s must have four axes, %s and [kh, kw, c/groups, o]"
                            .formatted(name, x, w, form),
                    in);
        }
    }

    static void checkGroups(String op, Shape w, int groups, List<Shape> in) {
        if (w.dim(3) % groups != 0) {
            throw new ShapeException(
                    op,
                    "%d filters do not divide into %d groups (weight %s)"
                            .formatted(w.dim(3), groups, w),
                    in);
        }
    }

    static void checkBias(String op, Shape bias, int channels, List<Shape> in) {
        if (bias.rank() != 1 || bias.dim(0) != channels) {
            throw new ShapeException(
                    op,
                    "bias %s must have one number per output channel, [%d]"
                            .formatted(bias, channels),
                    in);
        }
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        Epilogue epilogue = bias ? Epilogue.BIAS : Epilogue.NONE;
        on.run(new javelin.kernels.conv.Conv2d(geometry, epilogue), in, out);
    }

    @Override
    public Tensor left(Saved saved, Tensor dy) {
        Shape x = saved.shape(0);
        return ConvTranspose2d.convTranspose2d(dy, saved.input(1), geometry, x.dim(1), x.dim(2));
    }

    @Override
    public Tensor right(Saved saved, Tensor dy) {
        Shape w = saved.shape(1);
        return Conv2dWeight.conv2dWeight(saved.input(0), dy, geometry, w.dim(0), w.dim(1));
    }

    @Override
    public long macs(List<Shape> in, Shape y) {
        Shape w = in.get(1);
        return Math.multiplyExact(y.size(), (long) w.product(0, 3));
    }
}
