package javelin.kernels.conv;

import javelin.kernels.Shape;
import javelin.kernels.View;

/// Square patches of a batch of images, one per tile, numbered by image, row and column. Patches
/// that reach beyond their image are copied with zeros around.
///
/// @param x images `[n, h, w, c]`
/// @param size rows and columns of a patch
/// @param distanceH rows from one patch to the next below
/// @param distanceW columns from one patch to the next beside it
/// @param top row of the image before the first patch begins, that is its padding
/// @param left the same for columns
/// @param down tiles in a column of an image
/// @param across tiles in a row
record Patches(
        View x, int size, int distanceH, int distanceW, int top, int left, int down, int across) {
    /// First pixel row of tile `t`; may lie outside.
    int row(int t) {
        return t / across % down * distanceH - top;
    }

    /// First pixel column of tile `t`.
    int column(int t) {
        return t % across * distanceW - left;
    }

    /// Image of tile `t`.
    int image(int t) {
        return t / across / down;
    }

    /// Whether the patch lies in its image.
    boolean isInside(int t) {
        Shape s = x.shape();
        int r = row(t);
        int q = column(t);
        return r >= 0 && q >= 0 && r + size <= s.dim(1) && q + size <= s.dim(2);
    }

    /// Where a patch that is inside begins.
    int at(int t) {
        Shape s = x.shape();
        return x.offset() + ((image(t) * s.dim(1) + row(t)) * s.dim(2) + column(t)) * s.dim(3);
    }

    /// Elements from one row of such a patch to the next.
    int step() {
        return x.shape().dim(2) * x.shape().dim(3);
    }

    /// A patch with zeros around, as `[size, size, c]`.
    void copy(int t, float[] patch) {
        Shape s = x.shape();
        Frame.copy(
                x.floats(),
                x.offset() + image(t) * s.product(1, 4),
                s.dim(1),
                s.dim(2),
                s.dim(3),
                0,
                s.dim(3),
                row(t),
                size,
                column(t),
                size,
                patch,
                0);
    }
}
