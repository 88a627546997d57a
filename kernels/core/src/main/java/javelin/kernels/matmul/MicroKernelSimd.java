package javelin.kernels.matmul;

import javelin.kernels.cpu.CopySimd;
import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.VarHandle;

/// The innermost loops of matrix product and convolution: tiles of 6 rows and 2 vectors.
///
/// A tile's 12 sums live in registers (named locals; 12 of 16 on AVX2) and hide the latency of the
/// multiply-add: two per cycle with a latency of 4 need 8. They begin with what the output holds,
/// or 0, and go straight there; at borders to a buffer of 6 rows of [#WIDTH].
///
/// The fences cost no instruction. They keep the JIT from loading the numbers of all six rows
/// before the first multiply-add, for which there are no registers: without them it keeps sums on
/// the stack, at 40 in place of 100 GFLOP/s. For the same reason there is one loop only, and the
/// distances of the rows are constants: no range check is left inside.
public final class MicroKernelSimd {
    /// Rows of a tile.
    public static final int ROWS = 6;

    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    /// Columns of a tile and of a packed panel.
    public static final int WIDTH = 2 * L;

    /// Most steps of one tile along the inner dimension.
    public static final int DEPTH = Blocks.DEPTH;

    /// Elements from one row of a strip to the next: no power of two, so that the rows do not meet
    /// in one set of the first-level cache.
    public static final int STRIDE = DEPTH + CopySimd.GAP;

    /// What sums begin with.
    private static final float[] ZEROS = new float[WIDTH];

    private MicroKernelSimd() {}

    /// `y[rowY[row + i] + column + j] (+)= Σ_p a[x + i·STRIDE + p] · b[at + p·WIDTH + j]` for `p <
    /// length ≤ DEPTH`.
    ///
    /// @param first whether this begins the sums and does not add to what `y` holds
    static void rows(
            float[] a,
            int x,
            float[] b,
            int at,
            int length,
            boolean first,
            float[] y,
            int[] rowY,
            int row,
            int column) {
        float[] sums = first ? ZEROS : y;
        int s0 = first ? 0 : rowY[row] + column;
        int s1 = first ? 0 : rowY[row + 1] + column;
        int s2 = first ? 0 : rowY[row + 2] + column;
        int s3 = first ? 0 : rowY[row + 3] + column;
        int s4 = first ? 0 : rowY[row + 4] + column;
        int s5 = first ? 0 : rowY[row + 5] + column;
        FloatVector c00 = FloatVector.fromArray(F, sums, s0);
        FloatVector c01 = FloatVector.fromArray(F, sums, s0 + L);
        FloatVector c10 = FloatVector.fromArray(F, sums, s1);
        FloatVector c11 = FloatVector.fromArray(F, sums, s1 + L);
        FloatVector c20 = FloatVector.fromArray(F, sums, s2);
        FloatVector c21 = FloatVector.fromArray(F, sums, s2 + L);
        FloatVector c30 = FloatVector.fromArray(F, sums, s3);
        FloatVector c31 = FloatVector.fromArray(F, sums, s3 + L);
        FloatVector c40 = FloatVector.fromArray(F, sums, s4);
        FloatVector c41 = FloatVector.fromArray(F, sums, s4 + L);
        FloatVector c50 = FloatVector.fromArray(F, sums, s5);
        FloatVector c51 = FloatVector.fromArray(F, sums, s5 + L);
        for (int p = 0; p < length; p++) {
            FloatVector b0 = FloatVector.fromArray(F, b, at + p * WIDTH);
            FloatVector b1 = FloatVector.fromArray(F, b, at + p * WIDTH + L);
            FloatVector v = FloatVector.broadcast(F, a[x + p]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + STRIDE + p]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            v = FloatVector.broadcast(F, a[x + 2 * STRIDE + p]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + 3 * STRIDE + p]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            v = FloatVector.broadcast(F, a[x + 4 * STRIDE + p]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + 5 * STRIDE + p]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
        }
        int y0 = rowY[row] + column; // read again: the loop needs the registers
        c00.intoArray(y, y0);
        c01.intoArray(y, y0 + L);
        int y1 = rowY[row + 1] + column;
        c10.intoArray(y, y1);
        c11.intoArray(y, y1 + L);
        int y2 = rowY[row + 2] + column;
        c20.intoArray(y, y2);
        c21.intoArray(y, y2 + L);
        int y3 = rowY[row + 3] + column;
        c30.intoArray(y, y3);
        c31.intoArray(y, y3 + L);
        int y4 = rowY[row + 4] + column;
        c40.intoArray(y, y4);
        c41.intoArray(y, y4 + L);
        int y5 = rowY[row + 5] + column;
        c50.intoArray(y, y5);
        c51.intoArray(y, y5 + L);
    }

    /// `y[rowY[row + i] + column + j] = Σ_p a[x + i·STRIDE + p] · b[at + p·WIDTH + j]` with one
    /// vector per row, for panels of no more columns.
    static void narrowRows(
            float[] a,
            int x,
            float[] b,
            int at,
            int length,
            float[] y,
            int[] rowY,
            int row,
            int column) {
        FloatVector c0 = FloatVector.zero(F);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector c4 = c0;
        FloatVector c5 = c0;
        for (int p = 0; p < length; p++) {
            FloatVector b0 = FloatVector.fromArray(F, b, at + p * WIDTH);
            FloatVector v = FloatVector.broadcast(F, a[x + p]);
            c0 = v.fma(b0, c0);
            v = FloatVector.broadcast(F, a[x + STRIDE + p]);
            c1 = v.fma(b0, c1);
            v = FloatVector.broadcast(F, a[x + 2 * STRIDE + p]);
            c2 = v.fma(b0, c2);
            v = FloatVector.broadcast(F, a[x + 3 * STRIDE + p]);
            c3 = v.fma(b0, c3);
            v = FloatVector.broadcast(F, a[x + 4 * STRIDE + p]);
            c4 = v.fma(b0, c4);
            v = FloatVector.broadcast(F, a[x + 5 * STRIDE + p]);
            c5 = v.fma(b0, c5);
        }
        c0.intoArray(y, rowY[row] + column);
        c1.intoArray(y, rowY[row + 1] + column);
        c2.intoArray(y, rowY[row + 2] + column);
        c3.intoArray(y, rowY[row + 3] + column);
        c4.intoArray(y, rowY[row + 4] + column);
        c5.intoArray(y, rowY[row + 5] + column);
    }

    /// `y[at + i·stepY + j] (+)= Σ_p a[atA + p·stepA + i] · b[atB + p·2L + j]` for `p < length`:
    /// the left matrix is transposed and read along its rows; the right one is a packed panel.
    /// (Were its rows a variable distance apart too, the JIT would sometimes run out of registers
    /// for indices, and the loop would take half as long again.)
    ///
    /// @param first whether this begins the sums and does not add to what `y` holds
    public static void outer(
            float[] a,
            int atA,
            int stepA,
            float[] b,
            int atB,
            int length,
            boolean first,
            float[] y,
            int at,
            int stepY) {
        float[] sums = first ? ZEROS : y;
        int s = first ? 0 : at;
        int step = first ? 0 : stepY;
        FloatVector c00 = FloatVector.fromArray(F, sums, s);
        FloatVector c01 = FloatVector.fromArray(F, sums, s + L);
        FloatVector c10 = FloatVector.fromArray(F, sums, s + step);
        FloatVector c11 = FloatVector.fromArray(F, sums, s + step + L);
        FloatVector c20 = FloatVector.fromArray(F, sums, s + 2 * step);
        FloatVector c21 = FloatVector.fromArray(F, sums, s + 2 * step + L);
        FloatVector c30 = FloatVector.fromArray(F, sums, s + 3 * step);
        FloatVector c31 = FloatVector.fromArray(F, sums, s + 3 * step + L);
        FloatVector c40 = FloatVector.fromArray(F, sums, s + 4 * step);
        FloatVector c41 = FloatVector.fromArray(F, sums, s + 4 * step + L);
        FloatVector c50 = FloatVector.fromArray(F, sums, s + 5 * step);
        FloatVector c51 = FloatVector.fromArray(F, sums, s + 5 * step + L);
        int x = atA;
        for (int p = 0; p < length; p++) {
            int k = atB + p * 2 * L;
            FloatVector b0 = FloatVector.fromArray(F, b, k);
            FloatVector b1 = FloatVector.fromArray(F, b, k + L);
            FloatVector v = FloatVector.broadcast(F, a[x]);
            c00 = v.fma(b0, c00);
            c01 = v.fma(b1, c01);
            v = FloatVector.broadcast(F, a[x + 1]);
            c10 = v.fma(b0, c10);
            c11 = v.fma(b1, c11);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + 2]);
            c20 = v.fma(b0, c20);
            c21 = v.fma(b1, c21);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + 3]);
            c30 = v.fma(b0, c30);
            c31 = v.fma(b1, c31);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + 4]);
            c40 = v.fma(b0, c40);
            c41 = v.fma(b1, c41);
            VarHandle.loadLoadFence();
            v = FloatVector.broadcast(F, a[x + 5]);
            c50 = v.fma(b0, c50);
            c51 = v.fma(b1, c51);
            x += stepA;
        }
        c00.intoArray(y, at);
        c01.intoArray(y, at + L);
        c10.intoArray(y, at + stepY);
        c11.intoArray(y, at + stepY + L);
        c20.intoArray(y, at + 2 * stepY);
        c21.intoArray(y, at + 2 * stepY + L);
        c30.intoArray(y, at + 3 * stepY);
        c31.intoArray(y, at + 3 * stepY + L);
        c40.intoArray(y, at + 4 * stepY);
        c41.intoArray(y, at + 4 * stepY + L);
        c50.intoArray(y, at + 5 * stepY);
        c51.intoArray(y, at + 5 * stepY + L);
    }
}
