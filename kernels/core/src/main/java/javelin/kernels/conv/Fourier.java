package javelin.kernels.conv;

import javelin.kernels.Shape;

import java.util.Arrays;

/// When a convolution with a large window is computed by Fourier transforms of tiles.
///
/// As with [Winograd], a tile shares its rounding errors: they are below `1e-5 · Σ|x||w|` for
/// numbers of one order of magnitude, and a NaN or an infinity spoils a tile. It is used where the
/// filters are transformed once for many runs. `-Djavelin.conv=direct` switches it off.
///
/// The choice follows a model of the cycles that one pair of channels takes, as for Winograd; its
/// factors were fitted to measurements on AVX2.
///
/// @see "Mathieu, Henaff and LeCun, Fast training of convolutional networks through FFTs, 2014"
final class Fourier {
    /// Sides of tiles, powers of two.
    static final int[] SIDES = {16, 32, 64};

    /// Multiply-adds per cycle of the micro-kernel.
    private static final double RATE = 16;

    /// Cycles to read one number of a filter that is in no cache.
    private static final double READ = 0.4;

    /// Cycles to transform one number of a tile, there or back, for each doubling of the side.
    private static final double TRANSFORM = 1.3;

    /// Windows of fewer taps are Winograd's, or not worth it.
    private static final int LEAST_TAPS = 25;

    /// Most numbers of the transformed filters: 256 MB.
    private static final int MOST_NUMBERS = 1 << 26;

    private Fourier() {}

    /// Whether it may be used for this convolution: step 1, and padding that leaves each output a
    /// quarter of the window, since one that sees a pixel or two would get the rounding errors of
    /// its whole tile.
    static boolean isPossible(Geometry g, Shape w, Shape y) {
        int kh = w.dim(0);
        int kw = w.dim(1);
        return Winograd.isAllowed()
                && g.strideH() == 1
                && g.strideW() == 1
                && g.dilationH() == 1
                && g.dilationW() == 1
                && g.groups() == 1
                && kh * kw >= LEAST_TAPS
                && Math.max(g.padTop(), g.padBottom()) <= kh / 2
                && Math.max(g.padLeft(), g.padRight()) <= kw / 2
                && y.size() > 0
                && Arrays.stream(SIDES).anyMatch(side -> fits(side, w));
    }

    /// Whether tiles of that side have at least a few outputs, and the filters room.
    static boolean fits(int side, Shape w) {
        return side >= Math.max(w.dim(0), w.dim(1)) + 3
                && 4L * side * side * w.dim(2) * w.dim(3) <= MOST_NUMBERS;
    }

    /// Best side of the tiles, 0 if the direct sum is faster.
    static int best(Geometry g, Shape w, Shape y) {
        if (!isPossible(g, w, y)) {
            return 0;
        }
        double pixels = (double) y.dim(0) * y.dim(1) * y.dim(2);
        double least = w.dim(0) * w.dim(1) * (pixels / RATE + READ);
        int best = 0;
        for (int side : SIDES) {
            if (fits(side, w) && cycles(side, w, y) < least) {
                least = cycles(side, w, y);
                best = side;
            }
        }
        return best;
    }

    /// Cycles per pair of channels: four real products per pair of complex numbers.
    private static double cycles(int side, Shape w, Shape y) {
        double pairs = Math.ceil(tiles(side, w, y) / 2.0);
        double points = (double) side * side;
        double steps = Math.log(side) / Math.log(2);
        double transforms =
                2 * points * pairs * TRANSFORM * steps * (1.0 / w.dim(2) + 1.0 / w.dim(3));
        return points * 4 * (pairs / RATE + READ) + transforms;
    }

    /// Tiles of a batch of images.
    static int tiles(int side, Shape w, Shape y) {
        return y.dim(0)
                * Math.ceilDiv(y.dim(1), side - w.dim(0) + 1)
                * Math.ceilDiv(y.dim(2), side - w.dim(1) + 1);
    }
}
