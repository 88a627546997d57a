package javelin.kernels.fft;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Vectors of the transforms: those of all kernels, but of eight lanes at most, because matrices
/// are transposed in tiles of 8 × 8.
///
/// Pairs are taken apart by two loads and a blend, which leaves columns in the *folded* order `0,
/// 4, 1, 5, 2, 6, 3, 7` of each eight. Passes do not care; a transposition or [#intoPairs] brings
/// them back.
final class LanesSimd {
    static final VectorSpecies<Float> F =
            SpeciesSimd.LANES > 8 ? FloatVector.SPECIES_256 : SpeciesSimd.FLOATS;
    static final int L = F.length();
    static final VectorMask<Float> ODD = VectorMask.fromLong(F, 0xAA & (1L << L) - 1);
    static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(F, i -> i ^ 1);

    private LanesSimd() {}

    /// Every other number of `2·L` from `at` on, in folded order. Reads up to `at + 2·L − 2`.
    static FloatVector fromPairs(float[] x, int at) {
        return FloatVector.fromArray(F, x, at).blend(FloatVector.fromArray(F, x, at + L - 1), ODD);
    }

    /// Stores `L` pairs whose first and second parts are in folded order.
    static void intoPairs(FloatVector first, FloatVector second, float[] y, int to) {
        first.blend(second.rearrange(SWAP), ODD).intoArray(y, to);
        first.rearrange(SWAP).blend(second, ODD).intoArray(y, to + L);
    }

    /// The column at place `lane` of the folded order.
    static int unfolded(int lane) {
        return lane % 2 * (L / 2) + lane / 2;
    }

    /// Stores the first `count` pairs, times `scale`, of a complex vector in folded order.
    ///
    /// @param flip whether the imaginary part is the first of a pair
    static void storeSome(
            float[] x, int at, int count, float[] y, int to, boolean flip, float scale) {
        for (int lane = 0; lane < L; lane++) {
            int c = unfolded(lane);
            if (c < count) {
                y[to + 2 * c] = x[at + lane + (flip ? L : 0)] * scale;
                y[to + 2 * c + 1] = x[at + lane + (flip ? 0 : L)] * scale;
            }
        }
    }
}
