package javelin.kernels.conv;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.VarHandle;

/// The innermost loops of [DepthwiseThreeSimd]: 3×3 windows along a row of outputs, with the nine
/// weights of a vector of channels in registers.
///
/// Pixels are `c` apart. Each row of the window has an array of its own, so that rows outside of
/// the image can be rows of zeros. The fences keep the JIT from loading more than the registers
/// hold.
final class DepthwiseWindowsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private DepthwiseWindowsSimd() {}

    /// `y[to + q·c] = Σ_{i,j<3} x_i[r_i + (q + j)·c] · w[atW + (3·i + j)·stepW]` for `q < count`
    /// and one vector of channels; four neighbours at a time, which share what is loaded. The last
    /// four may begin before the end of those before.
    ///
    /// @param count at least 4
    static void stride1(
            float[] x0,
            int r0,
            float[] x1,
            int r1,
            float[] x2,
            int r2,
            int c,
            float[] w,
            int atW,
            int stepW,
            float[] y,
            int to,
            int count) {
        FloatVector w0 = FloatVector.fromArray(F, w, atW);
        FloatVector w1 = FloatVector.fromArray(F, w, atW + stepW);
        FloatVector w2 = FloatVector.fromArray(F, w, atW + 2 * stepW);
        FloatVector w3 = FloatVector.fromArray(F, w, atW + 3 * stepW);
        FloatVector w4 = FloatVector.fromArray(F, w, atW + 4 * stepW);
        FloatVector w5 = FloatVector.fromArray(F, w, atW + 5 * stepW);
        FloatVector w6 = FloatVector.fromArray(F, w, atW + 6 * stepW);
        FloatVector w7 = FloatVector.fromArray(F, w, atW + 7 * stepW);
        FloatVector w8 = FloatVector.fromArray(F, w, atW + 8 * stepW);
        for (int q = 0; q < count; q += 4) {
            int at = Math.min(q, count - 4) * c;
            int p = r0 + at;
            FloatVector v = FloatVector.fromArray(F, x0, p);
            FloatVector y0 = v.mul(w0);
            v = FloatVector.fromArray(F, x0, p + c);
            y0 = v.fma(w1, y0);
            FloatVector y1 = v.mul(w0);
            v = FloatVector.fromArray(F, x0, p + 2 * c);
            y0 = v.fma(w2, y0);
            y1 = v.fma(w1, y1);
            FloatVector y2 = v.mul(w0);
            v = FloatVector.fromArray(F, x0, p + 3 * c);
            y1 = v.fma(w2, y1);
            y2 = v.fma(w1, y2);
            FloatVector y3 = v.mul(w0);
            v = FloatVector.fromArray(F, x0, p + 4 * c);
            y2 = v.fma(w2, y2);
            y3 = v.fma(w1, y3);
            v = FloatVector.fromArray(F, x0, p + 5 * c);
            y3 = v.fma(w2, y3);
            VarHandle.loadLoadFence();
            p = r1 + at;
            v = FloatVector.fromArray(F, x1, p);
            y0 = v.fma(w3, y0);
            v = FloatVector.fromArray(F, x1, p + c);
            y0 = v.fma(w4, y0);
            y1 = v.fma(w3, y1);
            v = FloatVector.fromArray(F, x1, p + 2 * c);
            y0 = v.fma(w5, y0);
            y1 = v.fma(w4, y1);
            y2 = v.fma(w3, y2);
            v = FloatVector.fromArray(F, x1, p + 3 * c);
            y1 = v.fma(w5, y1);
            y2 = v.fma(w4, y2);
            y3 = v.fma(w3, y3);
            v = FloatVector.fromArray(F, x1, p + 4 * c);
            y2 = v.fma(w5, y2);
            y3 = v.fma(w4, y3);
            v = FloatVector.fromArray(F, x1, p + 5 * c);
            y3 = v.fma(w5, y3);
            VarHandle.loadLoadFence();
            p = r2 + at;
            v = FloatVector.fromArray(F, x2, p);
            y0 = v.fma(w6, y0);
            v = FloatVector.fromArray(F, x2, p + c);
            y0 = v.fma(w7, y0);
            y1 = v.fma(w6, y1);
            v = FloatVector.fromArray(F, x2, p + 2 * c);
            y0 = v.fma(w8, y0);
            y1 = v.fma(w7, y1);
            y2 = v.fma(w6, y2);
            v = FloatVector.fromArray(F, x2, p + 3 * c);
            y1 = v.fma(w8, y1);
            y2 = v.fma(w7, y2);
            y3 = v.fma(w6, y3);
            v = FloatVector.fromArray(F, x2, p + 4 * c);
            y2 = v.fma(w8, y2);
            y3 = v.fma(w7, y3);
            v = FloatVector.fromArray(F, x2, p + 5 * c);
            y3 = v.fma(w8, y3);
            y0.intoArray(y, to + at);
            y1.intoArray(y, to + at + c);
            y2.intoArray(y, to + at + 2 * c);
            y3.intoArray(y, to + at + 3 * c);
        }
    }

    /// As [#stride1], for windows two pixels apart: `x_i[r_i + (2·q + j)·c]`, two at a time.
    ///
    /// @param count at least 2
    static void stride2(
            float[] x0,
            int r0,
            float[] x1,
            int r1,
            float[] x2,
            int r2,
            int c,
            float[] w,
            int atW,
            int stepW,
            float[] y,
            int to,
            int count) {
        FloatVector w0 = FloatVector.fromArray(F, w, atW);
        FloatVector w1 = FloatVector.fromArray(F, w, atW + stepW);
        FloatVector w2 = FloatVector.fromArray(F, w, atW + 2 * stepW);
        FloatVector w3 = FloatVector.fromArray(F, w, atW + 3 * stepW);
        FloatVector w4 = FloatVector.fromArray(F, w, atW + 4 * stepW);
        FloatVector w5 = FloatVector.fromArray(F, w, atW + 5 * stepW);
        FloatVector w6 = FloatVector.fromArray(F, w, atW + 6 * stepW);
        FloatVector w7 = FloatVector.fromArray(F, w, atW + 7 * stepW);
        FloatVector w8 = FloatVector.fromArray(F, w, atW + 8 * stepW);
        for (int q = 0; q < count; q += 2) {
            int at = Math.min(q, count - 2) * c;
            int p = r0 + 2 * at;
            FloatVector y0 = FloatVector.fromArray(F, x0, p).mul(w0);
            y0 = FloatVector.fromArray(F, x0, p + c).fma(w1, y0);
            FloatVector v = FloatVector.fromArray(F, x0, p + 2 * c);
            y0 = v.fma(w2, y0);
            FloatVector y1 = v.mul(w0);
            y1 = FloatVector.fromArray(F, x0, p + 3 * c).fma(w1, y1);
            y1 = FloatVector.fromArray(F, x0, p + 4 * c).fma(w2, y1);
            VarHandle.loadLoadFence();
            p = r1 + 2 * at;
            FloatVector z0 = FloatVector.fromArray(F, x1, p).mul(w3);
            z0 = FloatVector.fromArray(F, x1, p + c).fma(w4, z0);
            v = FloatVector.fromArray(F, x1, p + 2 * c);
            z0 = v.fma(w5, z0);
            FloatVector z1 = v.mul(w3);
            z1 = FloatVector.fromArray(F, x1, p + 3 * c).fma(w4, z1);
            z1 = FloatVector.fromArray(F, x1, p + 4 * c).fma(w5, z1);
            VarHandle.loadLoadFence();
            p = r2 + 2 * at;
            y0 = FloatVector.fromArray(F, x2, p).fma(w6, y0);
            y0 = FloatVector.fromArray(F, x2, p + c).fma(w7, y0);
            v = FloatVector.fromArray(F, x2, p + 2 * c);
            y0 = v.fma(w8, y0);
            y1 = v.fma(w6, y1);
            y1 = FloatVector.fromArray(F, x2, p + 3 * c).fma(w7, y1);
            y1 = FloatVector.fromArray(F, x2, p + 4 * c).fma(w8, y1);
            y0.add(z0).intoArray(y, to + at);
            y1.add(z1).intoArray(y, to + at + c);
        }
    }

    /// One output at a border, that sees `columns` of the three columns of its window: `y[to + k] =
    /// Σ_{i<3} Σ_{j<columns} x_i[r_i + j·c + k] · w[atW + (3·i + j)·stepW + k]` for all `k < c`.
    ///
    /// @param c at least the lanes of a vector
    static void border(
            float[] x0,
            int r0,
            float[] x1,
            int r1,
            float[] x2,
            int r2,
            int columns,
            int c,
            float[] w,
            int atW,
            int stepW,
            float[] y,
            int to) {
        for (int k = 0; k < c; k += L) {
            int i = Math.min(k, c - L);
            int f = atW + i;
            FloatVector sum =
                    FloatVector.fromArray(F, x0, r0 + i).mul(FloatVector.fromArray(F, w, f));
            f += 3 * stepW;
            sum = FloatVector.fromArray(F, x1, r1 + i).fma(FloatVector.fromArray(F, w, f), sum);
            f += 3 * stepW;
            sum = FloatVector.fromArray(F, x2, r2 + i).fma(FloatVector.fromArray(F, w, f), sum);
            for (int j = 1; j < columns; j++) {
                int p = i + j * c;
                f = atW + i + j * stepW;
                sum = FloatVector.fromArray(F, x0, r0 + p).fma(FloatVector.fromArray(F, w, f), sum);
                f += 3 * stepW;
                sum = FloatVector.fromArray(F, x1, r1 + p).fma(FloatVector.fromArray(F, w, f), sum);
                f += 3 * stepW;
                sum = FloatVector.fromArray(F, x2, r2 + p).fma(FloatVector.fromArray(F, w, f), sum);
            }
            sum.intoArray(y, to + i);
        }
    }
}
