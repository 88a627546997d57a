package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Geometry;
import javelin.tensor.Saved;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Adjoint of [Conv2d] in its filters: how a set of images correlates with a set of results.
///
/// `v[i,j,c,o] = Σ_{n,p,q} x[n, p·s + i·d − pad, q·s + j·d − pad, c] · dy[n,p,q,o]`
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, c]` |
/// | `dy` | `[n, oh, ow, o]` |
/// | result | `[kh, kw, c/groups, o]` |
///
/// @param geometry strides, padding, dilation and groups of the convolution
/// @param kh rows of the filters
/// @param kw columns of the filters
public record Conv2dWeight(Geometry geometry, int kh, int kw) implements Product {
    /// Correlation of `x` with `dy`; see the class.
    ///
    /// @throws ShapeException if the two do not belong to one convolution of that geometry
    public static Tensor conv2dWeight(Tensor x, Tensor dy, Geometry geometry, int kh, int kw) {
        return Tensor.apply(new Conv2dWeight(geometry, kh, kw), x, dy);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.get(0);
        Shape dy = in.get(1);
        if (x.rank() != 4 || dy.rank() != 4 || x.dim(0) != dy.dim(0)) {
            throw new ShapeException(
                    "conv2dWeight",
                    "input %s and result %s must be [n, h, w, c] and [n, oh, ow, o] with equal n"
                            .formatted(x, dy),
                    in);
        }
        int groups = geometry.groups();
        int oh = geometry.outH(x.dim(1), kh);
        int ow = geometry.outW(x.dim(2), kw);
        if (oh != dy.dim(1)
                || ow != dy.dim(2)
                || x.dim(3) % groups != 0
                || dy.dim(3) % groups != 0) {
            throw new ShapeException(
                    "conv2dWeight",
                    "filters of %d×%d in %d groups on input %s give a result of %d×%d, not %s"
                            .formatted(kh, kw, groups, x, oh, ow, dy),
                    in);
        }
        return Shape.of(kh, kw, x.dim(3) / groups, dy.dim(3));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.conv.Conv2dWeight(geometry), in, out);
    }

    @Override
    public Tensor left(Saved saved, Tensor dv) {
        Shape x = saved.shape(0);
        return ConvTranspose2d.convTranspose2d(saved.input(1), dv, geometry, x.dim(1), x.dim(2));
    }

    @Override
    public Tensor right(Saved saved, Tensor dv) {
        return Conv2d.conv2d(saved.input(0), dv, geometry);
    }

    @Override
    public long macs(List<Shape> in, Shape v) {
        Shape dy = in.get(1);
        return Math.multiplyExact(v.size(), (long) dy.product(0, 3));
    }
}
