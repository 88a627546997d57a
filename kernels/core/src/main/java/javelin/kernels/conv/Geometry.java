package javelin.kernels.conv;

/// How the windows of a two-dimensional convolution lie on an image: steps, zero padding, distance
/// of taps, channel groups. All lengths in pixels.
///
/// @param strideH rows between windows, at least 1
/// @param strideW columns between windows, at least 1
/// @param padTop rows of zeros above; likewise the other three sides; at least 0
/// @param dilationH rows between taps of one window, at least 1
/// @param dilationW columns between taps of one window, at least 1
/// @param groups number of independent channel groups, at least 1
public record Geometry(
        int strideH,
        int strideW,
        int padTop,
        int padBottom,
        int padLeft,
        int padRight,
        int dilationH,
        int dilationW,
        int groups) {
    /// Step 1, no padding, no dilation, one group.
    public static final Geometry UNIT = new Geometry(1, 1, 0, 0, 0, 0, 1, 1, 1);

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException if one is violated
    public Geometry {
        if (strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1 || groups < 1) {
            throw new IllegalArgumentException(
                    "geometry: stride, dilation and groups must be at least 1, got stride %d×%d,"
                                    .formatted(strideH, strideW)
                            + " dilation %d×%d, groups %d".formatted(dilationH, dilationW, groups));
        }
        if (Math.min(Math.min(padTop, padBottom), Math.min(padLeft, padRight)) < 0) {
            throw new IllegalArgumentException(
                    "geometry: padding must not be negative, got %d, %d, %d, %d"
                            .formatted(padTop, padBottom, padLeft, padRight));
        }
    }

    /// Equal stride and padding on all sides, no dilation, one group.
    public static Geometry of(int stride, int padding) {
        return UNIT.stride(stride).padding(padding);
    }

    /// The same with another step in both directions.
    public Geometry stride(int s) {
        return new Geometry(
                s, s, padTop, padBottom, padLeft, padRight, dilationH, dilationW, groups);
    }

    /// The same with other padding, equal on all sides.
    public Geometry padding(int p) {
        return new Geometry(strideH, strideW, p, p, p, p, dilationH, dilationW, groups);
    }

    /// The same with another distance of taps in both directions.
    public Geometry dilation(int d) {
        return new Geometry(strideH, strideW, padTop, padBottom, padLeft, padRight, d, d, groups);
    }

    /// The same with another number of groups.
    public Geometry groups(int g) {
        return new Geometry(
                strideH, strideW, padTop, padBottom, padLeft, padRight, dilationH, dilationW, g);
    }

    /// Rows of the result for an image of `h` rows and a window of `kh`; not positive if the window
    /// is larger than the padded image.
    public int outH(int h, int kh) {
        return Math.floorDiv(h + padTop + padBottom - dilationH * (kh - 1) - 1, strideH) + 1;
    }

    /// Columns of the result for an image of `w` columns and a window of `kw`; not positive if the
    /// window is larger than the padded image.
    public int outW(int w, int kw) {
        return Math.floorDiv(w + padLeft + padRight - dilationW * (kw - 1) - 1, strideW) + 1;
    }
}
