package javelin.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposition of matrices, in tiles of 8 × 8 where vectors have eight lanes or more.
public final class TransposeSimd {
    /// Side of a tile.
    public static final int SIDE = 8;

    private static final VectorSpecies<Float> F =
            SpeciesSimd.LANES > SIDE ? FloatVector.SPECIES_256 : SpeciesSimd.FLOATS;
    private static final int L = F.length();
    private static final VectorMask<Float> UPPER_4 = mask(0xF0);
    private static final VectorMask<Float> UPPER_2 = mask(0xCC);
    private static final VectorMask<Float> ODD = mask(0xAA);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, i -> (i ^ 2) % L);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(F, i -> (i ^ 1) % L);

    private TransposeSimd() {}

    private static VectorMask<Float> mask(long lanes) {
        return VectorMask.fromLong(F, lanes & (1L << L) - 1);
    }

    /// Whether a matrix is made of tiles at all.
    public static boolean fits(int rows, int columns) {
        return L == SIDE && rows >= SIDE && columns >= SIDE;
    }

    /// `y[c, r] = x[r, c]` for `r < rows`, `c < columns`; see [#fits].
    ///
    /// @param inRow elements from row to row of `x`, at least 8
    /// @param outRow elements from row to row of `y`
    public static void run(
            float[] x, int at, int inRow, int rows, int columns, float[] y, int to, int outRow) {
        for (int c = 0; c < columns; c += SIDE) {
            int column = Math.min(c, columns - SIDE); // the last tiles overlap
            for (int r = 0; r < rows; r += SIDE) {
                int row = Math.min(r, rows - SIDE);
                int from = at + row * inRow + column;
                tile(
                        x,
                        from,
                        inRow,
                        2 * inRow,
                        4 * inRow,
                        y,
                        to + column * outRow + row,
                        outRow,
                        2 * outRow,
                        4 * outRow);
            }
        }
    }

    /// One tile: from eight rows of eight to eight rows.
    ///
    /// @param in1 elements from row 0 of the input to row 1
    /// @param in2 from row 0 to row 2; row 3 is `in1 + in2` after row 0
    /// @param in4 from rows 0 to 3 to rows 4 to 7
    /// @param out1 elements from row 0 of the output to row 1, and so on
    public static void tile(
            float[] x,
            int at,
            int in1,
            int in2,
            int in4,
            float[] y,
            int to,
            int out1,
            int out2,
            int out4) {
        half(x, at, in1, in2, at + in4 - 4, y, to, out1, out2);
        half(x, at + 4, in1, in2, at + in4, y, to + out4, out1, out2);
    }

    /// Four rows of the result: halves change places by overlapping loads, quarters and neighbours
    /// by shuffles.
    ///
    /// @param one where lanes `0 … 3` of row 0 are
    /// @param two four elements before the same lanes of row 4
    private static void half(
            float[] x, int one, int in1, int in2, int two, float[] y, int to, int out1, int out2) {
        FloatVector a0 = FloatVector.fromArray(F, x, one);
        FloatVector b0 = FloatVector.fromArray(F, x, two);
        FloatVector a1 = FloatVector.fromArray(F, x, one + in1);
        FloatVector b1 = FloatVector.fromArray(F, x, two + in1);
        FloatVector a2 = FloatVector.fromArray(F, x, one + in2);
        FloatVector b2 = FloatVector.fromArray(F, x, two + in2);
        FloatVector a3 = FloatVector.fromArray(F, x, one + in1 + in2);
        FloatVector b3 = FloatVector.fromArray(F, x, two + in1 + in2);
        FloatVector c0 = a0.blend(b0, UPPER_4);
        FloatVector c1 = a1.blend(b1, UPPER_4);
        FloatVector c2 = a2.blend(b2, UPPER_4);
        FloatVector c3 = a3.blend(b3, UPPER_4);
        FloatVector d0 = c0.blend(c2.rearrange(BY_2), UPPER_2);
        FloatVector d2 = c0.rearrange(BY_2).blend(c2, UPPER_2);
        FloatVector d1 = c1.blend(c3.rearrange(BY_2), UPPER_2);
        FloatVector d3 = c1.rearrange(BY_2).blend(c3, UPPER_2);
        d0.blend(d1.rearrange(BY_1), ODD).intoArray(y, to);
        d0.rearrange(BY_1).blend(d1, ODD).intoArray(y, to + out1);
        d2.blend(d3.rearrange(BY_1), ODD).intoArray(y, to + out2);
        d2.rearrange(BY_1).blend(d3, ODD).intoArray(y, to + out1 + out2);
    }
}
