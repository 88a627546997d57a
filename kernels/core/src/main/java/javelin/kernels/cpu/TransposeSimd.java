package javelin.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.VarHandle;
import java.util.stream.IntStream;

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
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(F, i -> (i ^ 4) % L);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, i -> (i ^ 2) % L);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(F, i -> (i ^ 1) % L);

    /// Most tiles of one loop of [#run].
    private static final int RUN = 64;

    private static final int[] SIDES = IntStream.range(0, RUN).map(t -> t * SIDE).toArray();

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
        for (int r = 0; r < rows; r += SIDE) {
            int row = Math.min(r, rows - SIDE); // the last tiles overlap
            int from = at + row * inRow;
            int whole = columns / SIDE;
            for (int t = 0; t < whole; t += RUN) {
                int c = t * SIDE;
                int count = Math.min(RUN, whole - t);
                row(x, from + c, count, inRow, y, to + c * outRow + row, outRow);
            }
            if (whole * SIDE < columns) {
                int c = columns - SIDE;
                row(x, from + c, 1, inRow, y, to + c * outRow + row, outRow);
            }
        }
    }

    /// Tiles that lie side by side in `x` and below each other in `y`.
    private static void row(
            float[] x, int at, int count, int inRow, float[] y, int to, int outRow) {
        plane(
                x,
                at,
                SIDES,
                count,
                inRow,
                2 * inRow,
                4 * inRow,
                y,
                to,
                SIDE * outRow,
                outRow,
                2 * outRow,
                4 * outRow);
    }

    /// Tiles of complex vectors, eight real parts and behind them eight imaginary parts, to such
    /// ones: tile `t` is read from `at + from[t]` on and written from `to + 16·t` on.
    ///
    /// @param in1 elements from row 0 of the input to row 1
    /// @param in2 from row 0 to row 2; row 3 is `in1 + in2` after row 0
    /// @param in4 from rows 0 to 3 to rows 4 to 7
    /// @param out1 elements from row 0 of the output to row 1, and so on
    public static void tiles(
            float[] x,
            int at,
            int[] from,
            int in1,
            int in2,
            int in4,
            float[] y,
            int to,
            int out1,
            int out2,
            int out4) {
        int n = from.length;
        int step = 2 * SIDE;
        plane(x, at, from, n, in1, in2, in4, y, to, step, out1, out2, out4);
        plane(x, at + SIDE, from, n, in1, in2, in4, y, to + SIDE, step, out1, out2, out4);
    }

    /// Halves of rows change places, then quarters, then neighbours. The fence keeps the JIT from
    /// loading all rows first.
    private static void plane(
            float[] x,
            int at,
            int[] from,
            int count,
            int in1,
            int in2,
            int in4,
            float[] y,
            int to,
            int step,
            int out1,
            int out2,
            int out4) {
        int y1 = to + out1;
        int y2 = to + out2;
        int y3 = y1 + out2;
        int y4 = to + out4;
        int y5 = y1 + out4;
        int y6 = y2 + out4;
        int y7 = y3 + out4;
        for (int t = 0; t < count; t++) {
            int p = t * step;
            int a = at + from[t];
            int b = a + in4;
            FloatVector v = FloatVector.fromArray(F, x, a);
            FloatVector w = FloatVector.fromArray(F, x, b);
            FloatVector c0 = v.blend(w.rearrange(BY_4), UPPER_4);
            FloatVector c4 = v.rearrange(BY_4).blend(w, UPPER_4);
            v = FloatVector.fromArray(F, x, a + in2);
            w = FloatVector.fromArray(F, x, b + in2);
            FloatVector c2 = v.blend(w.rearrange(BY_4), UPPER_4);
            FloatVector c6 = v.rearrange(BY_4).blend(w, UPPER_4);
            FloatVector d0 = c0.blend(c2.rearrange(BY_2), UPPER_2);
            FloatVector d2 = c0.rearrange(BY_2).blend(c2, UPPER_2);
            FloatVector d4 = c4.blend(c6.rearrange(BY_2), UPPER_2);
            FloatVector d6 = c4.rearrange(BY_2).blend(c6, UPPER_2);
            VarHandle.loadLoadFence();
            v = FloatVector.fromArray(F, x, a + in1);
            w = FloatVector.fromArray(F, x, b + in1);
            FloatVector c1 = v.blend(w.rearrange(BY_4), UPPER_4);
            FloatVector c5 = v.rearrange(BY_4).blend(w, UPPER_4);
            v = FloatVector.fromArray(F, x, a + in1 + in2);
            w = FloatVector.fromArray(F, x, b + in1 + in2);
            FloatVector c3 = v.blend(w.rearrange(BY_4), UPPER_4);
            FloatVector c7 = v.rearrange(BY_4).blend(w, UPPER_4);
            FloatVector d1 = c1.blend(c3.rearrange(BY_2), UPPER_2);
            d0.blend(d1.rearrange(BY_1), ODD).intoArray(y, p + to);
            d0.rearrange(BY_1).blend(d1, ODD).intoArray(y, p + y1);
            FloatVector d3 = c1.rearrange(BY_2).blend(c3, UPPER_2);
            d2.blend(d3.rearrange(BY_1), ODD).intoArray(y, p + y2);
            d2.rearrange(BY_1).blend(d3, ODD).intoArray(y, p + y3);
            FloatVector d5 = c5.blend(c7.rearrange(BY_2), UPPER_2);
            d4.blend(d5.rearrange(BY_1), ODD).intoArray(y, p + y4);
            d4.rearrange(BY_1).blend(d5, ODD).intoArray(y, p + y5);
            FloatVector d7 = c5.rearrange(BY_2).blend(c7, UPPER_2);
            d6.blend(d7.rearrange(BY_1), ODD).intoArray(y, p + y6);
            d6.rearrange(BY_1).blend(d7, ODD).intoArray(y, p + y7);
        }
    }
}
