package javelin.bench.conv;

import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;

/// A convolution as a network has it, for one image.
///
/// @param name network and layer, for instance `resnet50/layer1.0.conv2`
/// @param h rows of the image
/// @param w columns of the image
/// @param c channels of the image
/// @param weight shape of the filters, `[kh, kw, c/groups, o]`
/// @param count how many layers of the network have these sizes
public record ConvLayer(
        String name, int h, int w, int c, Shape weight, Geometry geometry, int count) {
    /// Number of filters.
    public int o() {
        return weight.dim(3);
    }

    /// Rows of the result.
    public int outH() {
        return geometry.outH(h, weight.dim(0));
    }

    /// Columns of the result.
    public int outW() {
        return geometry.outW(w, weight.dim(1));
    }

    /// Multiply–accumulate operations of one layer for one image.
    public long macs() {
        return Math.multiplyExact((long) outH() * outW() * o(), (long) weight.product(0, 3));
    }

    /// Kind of convolution: `depthwise`, `stem` (the first one, of 3 or fewer channels), `1x1`,
    /// `3x3s1` or `other`.
    public String group() {
        int k = weight.dim(0);
        if (geometry.groups() > 1) {
            return "depthwise";
        }
        if (c <= 3) {
            return "stem";
        }
        return k == 1 ? "1x1" : k == 3 && geometry.strideH() == 1 ? "3x3s1" : "other";
    }

    /// Whether another layer has the same sizes.
    boolean isLike(ConvLayer other) {
        return h == other.h
                && w == other.w
                && c == other.c
                && weight.equals(other.weight)
                && geometry.equals(other.geometry);
    }

    /// The same layer, found once more.
    ConvLayer again() {
        return new ConvLayer(name, h, w, c, weight, geometry, count + 1);
    }

    /// Sizes in one word: image, channels, window.
    String sizes() {
        return "%dx%dx%d->%d %dx%ds%d%s"
                .formatted(
                        h,
                        w,
                        c,
                        o(),
                        weight.dim(0),
                        weight.dim(1),
                        geometry.strideH(),
                        geometry.groups() > 1 ? " groups " + geometry.groups() : "");
    }
}
