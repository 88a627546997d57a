package javelin.kernels.fft;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Vectors of the transforms: those of all kernels, but of eight lanes at most, because matrices
/// are transposed in tiles of 8 × 8.
///
/// Every other number of `2·L` from `at` on is two loads, at `at` and `at + L − 1`, and a blend by
/// [#ODD], which leaves columns in the *folded* order `0, 4, 1, 5, 2, 6, 3, 7` of each eight.
/// Passes do not care; a transposition brings them back, or, to pairs, blends with the other part
/// exchanged by [#SWAP]. These few lines stand wherever they are needed: as a method they are
/// compiled alone once several loops have called it, and then called, with vectors as objects.
final class LanesSimd {
    static final VectorSpecies<Float> F =
            SpeciesSimd.LANES > 8 ? FloatVector.SPECIES_256 : SpeciesSimd.FLOATS;
    static final int L = F.length();
    static final VectorMask<Float> ODD = VectorMask.fromLong(F, 0xAA & (1L << L) - 1);
    static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(F, i -> i ^ 1);

    private LanesSimd() {}

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
