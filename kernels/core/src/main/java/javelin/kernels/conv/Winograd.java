package javelin.kernels.conv;

import javelin.kernels.Shape;

import org.jspecify.annotations.Nullable;

/// When a 3×3 convolution is computed in the domain of Winograd's minimal filtering.
///
/// Its rounding errors are larger than those of the plain sum, below `1e-5 · Σ|x||w|` for numbers
/// of one order of magnitude, and a tile shares them: a NaN, an infinity or a very large number
/// spoils all outputs of a tile. `-Djavelin.conv=direct` switches it off.
///
/// The choice follows a model of the cycles that one pair of channels takes: products at the rate
/// of the micro-kernel, filters that come from memory, and the transformations. Its three factors
/// were fitted to measurements on AVX2.
///
/// @see "Lavin and Gray, Fast algorithms for convolutional neural networks, 2016, section 4"
public final class Winograd {
    private static final String ASKED = System.getProperty("javelin.conv", "auto");

    /// Multiply-adds per cycle of the micro-kernel.
    private static final double RATE = 16;

    /// Cycles to read one number of a filter that is in no cache.
    private static final double READ = 0.4;

    /// Cycles to transform one number of an image.
    private static final double TRANSFORM = 0.6;

    /// Cycles to transform and pack one number of a filter.
    private static final double PREPARE = 1.5;

    /// Rows of the micro-kernel: products of fewer tiles cost as much as those of a multiple.
    private static final int ROWS = 6;

    /// Fewer tiles do not pay for the gradient of the filters.
    private static final int LEAST_TILES = 12;

    private Winograd() {}

    /// Checks what was asked for, before any work.
    ///
    /// @throws IllegalArgumentException if it has no meaning
    public static void checkSetting() {
        if (!ASKED.equals("auto") && !ASKED.equals("direct")) {
            throw new IllegalArgumentException(
                    "conv: -Djavelin.conv must be auto or direct, got '" + ASKED + "'");
        }
    }

    /// Whether it may be used at all.
    public static boolean isAllowed() {
        return ASKED.equals("auto");
    }

    /// The best tiles for outputs `y` of a convolution with channels that fill vectors; null if the
    /// direct sum is faster, or this is no such convolution.
    ///
    /// @param pad zeros around the image
    /// @param w `[3, 3, c, o]`
    /// @param y `[n, h, w, …]`
    /// @param prepared whether the filters are transformed once for many runs
    static @Nullable WinogradTile best(
            Geometry g, Border pad, Shape w, Shape y, int lanes, boolean prepared) {
        if (!isPossible(g, pad, w, lanes)) {
            return null;
        }
        double pixels = (double) y.dim(0) * y.dim(1) * y.dim(2);
        double least = 9 * (roundedUp(pixels) / RATE + READ);
        WinogradTile best = null;
        for (WinogradTile tile : WinogradTile.values()) {
            double cycles = cycles(tile, w, y, prepared);
            if (cycles < least) {
                least = cycles;
                best = tile;
            }
        }
        return best;
    }

    /// Cycles per pair of channels.
    private static double cycles(WinogradTile tile, Shape w, Shape y, boolean prepared) {
        double tiles = tile.tiles(y);
        double transforms = tiles * TRANSFORM * (1.0 / w.dim(2) + 1.0 / w.dim(3));
        double filters = READ + (prepared ? 0 : PREPARE);
        return tile.points() * (roundedUp(tiles) / RATE + transforms + filters);
    }

    private static double roundedUp(double rows) {
        return Math.ceil(rows / ROWS) * ROWS;
    }

    /// Whether it may be used for this convolution.
    ///
    /// Not with two rows of padding on any side: an output that sees one pixel or none would get
    /// the rounding errors of its whole tile.
    static boolean isPossible(Geometry g, Border pad, Shape w, int lanes) {
        return isAllowed()
                && g.strideH() == 1
                && g.strideW() == 1
                && g.dilationH() == 1
                && g.dilationW() == 1
                && g.groups() == 1
                && pad.isWithin(0, 1)
                && w.dim(0) == 3
                && w.dim(1) == 3
                && w.dim(2) % lanes == 0
                && w.dim(3) % lanes == 0;
    }

    /// Rows and columns of zeros around an image.
    record Border(int top, int bottom, int left, int right) {
        /// That of a convolution's input.
        static Border of(Geometry g) {
            return new Border(g.padTop(), g.padBottom(), g.padLeft(), g.padRight());
        }

        /// That of the cotangents, when a 3×3 convolution of step 1 is run backwards.
        static Border backward(Geometry g) {
            return new Border(2 - g.padTop(), 2 - g.padBottom(), 2 - g.padLeft(), 2 - g.padRight());
        }

        private boolean isWithin(int least, int most) {
            return Math.min(Math.min(top, bottom), Math.min(left, right)) >= least
                    && Math.max(Math.max(top, bottom), Math.max(left, right)) <= most;
        }
    }

    /// Whether it is used for the gradient of the filters.
    static boolean fitsWeight(Geometry g, Shape w, Shape dy, int lanes) {
        return isPossible(g, Border.of(g), w, lanes) && WinogradTile.F4.tiles(dy) >= LEAST_TILES;
    }
}
