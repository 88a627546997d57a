package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Geometry;
import javelin.kernels.matmul.Epilogue;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Transposed convolution: the adjoint of [Conv2d] in its image, and so also its gradient.
///
/// `z[n, p·s + i·d − pad, q·s + j·d − pad, c] += x[n,p,q,o] · w[i,j,c,o]`, summed over `i, j, o`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, oh, ow, o]` |
/// | `w` | `[kh, kw, c/groups, o]`: the weight of the convolution whose adjoint this is |
/// | `b` | `[c]`, or absent |
/// | result | `[n, h, w, c]` |
///
/// Several sizes `h` are convolved to the same `oh`; so the size of the result is a parameter.
///
/// @param geometry strides, padding, dilation and groups of that convolution
/// @param h rows of the result
/// @param w columns of the result
/// @param bias whether there is a third input, the bias
/// @see "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, section 4"
public record ConvTranspose2d(Geometry geometry, int h, int w, boolean bias) implements Product {
    /// Transposed convolution of `x` with `w`; see the class.
    ///
    /// @throws ShapeException if channels do not match, or an image of the asked size would not be
    ///   convolved to the size of `x`
    public static Tensor convTranspose2d(
            Tensor x, Tensor w, Geometry geometry, int outH, int outW) {
        return convTranspose2d(x, w, null, geometry, outH, outW);
    }

    /// As [#convTranspose2d(Tensor, Tensor, Geometry, int, int)], plus a bias per channel.
    ///
    /// @throws ShapeException likewise
    public static Tensor convTranspose2d(
            Tensor x, Tensor w, @Nullable Tensor bias, Geometry geometry, int outH, int outW) {
        var op = new ConvTranspose2d(geometry, outH, outW, bias != null);
        return bias == null ? Tensor.apply(op, x, w) : Tensor.apply(op, x, w, bias);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        Shape weight = in.get(1);
        Conv2d.checkRanks("convTranspose2d", "input", "[n, oh, ow, o]", x, weight, in);
        if (x.dim(3) != weight.dim(3)) {
            throw new ShapeException(
                    "convTranspose2d",
                    "input has %d channels but the weight expects %d (input %s, weight %s)"
                            .formatted(x.dim(3), weight.dim(3), x, weight),
                    in);
        }
        Conv2d.checkGroups("convTranspose2d", weight, geometry.groups(), in);
        int channels = weight.dim(2) * geometry.groups();
        if (bias) {
            Conv2d.checkBias("convTranspose2d", in.get(2), channels, in);
        }
        int oh = geometry.outH(h, weight.dim(0));
        int ow = geometry.outW(w, weight.dim(1));
        if (oh != x.dim(1) || ow != x.dim(2)) {
            throw new ShapeException(
                    "convTranspose2d",
                    "a result of %d×%d belongs to an input of %d×%d, not %d×%d (input %s, weight %s, %s)"
                            .formatted(h, w, oh, ow, x.dim(1), x.dim(2), x, weight, geometry),
                    in);
        }
        return Shape.of(x.dim(0), h, w, channels);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new Conv2dInput(geometry, bias ? Epilogue.BIAS : Epilogue.NONE), in, out);
    }

    @Override
    public Tensor left(Saved saved, Tensor dz) {
        return Conv2d.conv2d(dz, saved.input(1), geometry);
    }

    @Override
    public Tensor right(Saved saved, Tensor dz) {
        Shape weight = saved.shape(1);
        return Conv2dWeight.conv2dWeight(
                dz, saved.input(0), geometry, weight.dim(0), weight.dim(1));
    }

    @Override
    public long macs(List<Shape> in, Shape z) {
        return Math.multiplyExact(in.get(0).size(), (long) in.get(1).product(0, 3));
    }
}
