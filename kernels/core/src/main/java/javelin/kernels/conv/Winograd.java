package javelin.kernels.conv;

import javelin.kernels.Shape;

/// When a 3×3 convolution is computed in the domain of Winograd's minimal filtering, with tiles of
/// 4×4 outputs: 36 products in place of 144.
///
/// Its rounding errors are larger than those of the plain sum, below `1e-5 · Σ|x||w|` for numbers
/// of one order of magnitude, and a tile shares them: a NaN, an infinity or a very large number
/// spoils all 16 outputs. `-Djavelin.conv=direct` switches it off.
///
/// @see "Lavin and Gray, Fast algorithms for convolutional neural networks, 2016, section 4"
public final class Winograd {
    /// Rows and columns of the outputs of a tile.
    static final int TILE = 4;

    /// Rows and columns of the inputs of a tile.
    static final int PATCH = 6;

    /// Products of a tile for one pair of channels.
    static final int POINTS = PATCH * PATCH;

    private static final String ASKED = System.getProperty("javelin.conv", "auto");

    /// Fewer tiles do not pay for the transformation of the filters.
    private static final int LEAST_TILES = 12;

    /// Most pairs of channels for the gradient of the filters: 36 sums for each pair.
    private static final int MOST_PAIRS = 1 << 14;

    static {
        if (!ASKED.equals("auto") && !ASKED.equals("direct")) {
            throw new IllegalArgumentException(
                    "conv: -Djavelin.conv must be auto or direct, got '" + ASKED + "'");
        }
    }

    private Winograd() {}

    /// Whether it may be used at all.
    public static boolean isAllowed() {
        return ASKED.equals("auto");
    }

    /// Whether it is used for outputs `y` of a convolution with channels that fill vectors.
    ///
    /// Not with two rows of padding: an output that sees one pixel only would get the rounding
    /// errors of its whole tile.
    ///
    /// @param top rows of padding above the image, and `left` of it
    /// @param w `[3, 3, c, o]`
    /// @param y `[n, h, w, …]`
    static boolean fits(Geometry g, int top, int left, Shape w, Shape y, int lanes) {
        boolean plain =
                g.strideH() == 1
                        && g.strideW() == 1
                        && g.dilationH() == 1
                        && g.dilationW() == 1
                        && g.groups() == 1
                        && Math.max(top, left) <= 1
                        && Math.min(top, left) >= 0;
        return isAllowed()
                && plain
                && w.dim(0) == 3
                && w.dim(1) == 3
                && w.dim(2) % lanes == 0
                && w.dim(3) % lanes == 0
                && tiles(y) >= LEAST_TILES;
    }

    /// As [#fits], for the gradient of the filters.
    static boolean fitsWeight(Geometry g, Shape w, Shape dy, int lanes) {
        return fits(g, g.padTop(), g.padLeft(), w, dy, lanes)
                && (long) w.dim(2) * w.dim(3) <= MOST_PAIRS;
    }

    /// Number of tiles of a batch of images.
    static int tiles(Shape y) {
        return y.dim(0) * down(y) * across(y);
    }

    /// Tiles in a column of an image.
    static int down(Shape y) {
        return Math.ceilDiv(y.dim(1), TILE);
    }

    /// Tiles in a row of an image.
    static int across(Shape y) {
        return Math.ceilDiv(y.dim(2), TILE);
    }
}
