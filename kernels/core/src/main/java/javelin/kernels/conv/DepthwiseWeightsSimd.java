package javelin.kernels.conv;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the gradient of depthwise 3×3 filters: along rows of outputs, with the
/// nine sums of a vector of channels in registers.
///
/// Pixels are `c` apart. Each row of the window has an array of its own, so that rows outside of
/// the image can be rows of zeros. No method has a branch that some image never takes: the JIT
/// leaves such branches out, and the first image that takes one then waits for another compilation.
final class DepthwiseWeightsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private DepthwiseWeightsSimd() {}

    /// `sums[to + (3·i + j)·c] += Σ_{q<count} x_i[r_i + q·step + j·c] · dy[at + q·c]` for one
    /// vector of channels.
    static void pixels(
            float[] x0,
            int r0,
            float[] x1,
            int r1,
            float[] x2,
            int r2,
            int step,
            int c,
            float[] dy,
            int at,
            float[] sums,
            int to,
            int count) {
        FloatVector s0 = FloatVector.fromArray(F, sums, to);
        FloatVector s1 = FloatVector.fromArray(F, sums, to + c);
        FloatVector s2 = FloatVector.fromArray(F, sums, to + 2 * c);
        FloatVector s3 = FloatVector.fromArray(F, sums, to + 3 * c);
        FloatVector s4 = FloatVector.fromArray(F, sums, to + 4 * c);
        FloatVector s5 = FloatVector.fromArray(F, sums, to + 5 * c);
        FloatVector s6 = FloatVector.fromArray(F, sums, to + 6 * c);
        FloatVector s7 = FloatVector.fromArray(F, sums, to + 7 * c);
        FloatVector s8 = FloatVector.fromArray(F, sums, to + 8 * c);
        for (int q = 0; q < count; q++) {
            int p = q * step;
            FloatVector d = FloatVector.fromArray(F, dy, at + q * c);
            s0 = FloatVector.fromArray(F, x0, r0 + p).fma(d, s0);
            s1 = FloatVector.fromArray(F, x0, r0 + p + c).fma(d, s1);
            s2 = FloatVector.fromArray(F, x0, r0 + p + 2 * c).fma(d, s2);
            s3 = FloatVector.fromArray(F, x1, r1 + p).fma(d, s3);
            s4 = FloatVector.fromArray(F, x1, r1 + p + c).fma(d, s4);
            s5 = FloatVector.fromArray(F, x1, r1 + p + 2 * c).fma(d, s5);
            s6 = FloatVector.fromArray(F, x2, r2 + p).fma(d, s6);
            s7 = FloatVector.fromArray(F, x2, r2 + p + c).fma(d, s7);
            s8 = FloatVector.fromArray(F, x2, r2 + p + 2 * c).fma(d, s8);
        }
        s0.intoArray(sums, to);
        s1.intoArray(sums, to + c);
        s2.intoArray(sums, to + 2 * c);
        s3.intoArray(sums, to + 3 * c);
        s4.intoArray(sums, to + 4 * c);
        s5.intoArray(sums, to + 5 * c);
        s6.intoArray(sums, to + 6 * c);
        s7.intoArray(sums, to + 7 * c);
        s8.intoArray(sums, to + 8 * c);
    }

    /// As [#pixels] with windows one pixel apart, for `2·pairs` outputs, two at a time, which share
    /// columns.
    static void pairs(
            float[] x0,
            int r0,
            float[] x1,
            int r1,
            float[] x2,
            int r2,
            int c,
            float[] dy,
            int at,
            float[] sums,
            int to,
            int pairs) {
        FloatVector s0 = FloatVector.fromArray(F, sums, to);
        FloatVector s1 = FloatVector.fromArray(F, sums, to + c);
        FloatVector s2 = FloatVector.fromArray(F, sums, to + 2 * c);
        FloatVector s3 = FloatVector.fromArray(F, sums, to + 3 * c);
        FloatVector s4 = FloatVector.fromArray(F, sums, to + 4 * c);
        FloatVector s5 = FloatVector.fromArray(F, sums, to + 5 * c);
        FloatVector s6 = FloatVector.fromArray(F, sums, to + 6 * c);
        FloatVector s7 = FloatVector.fromArray(F, sums, to + 7 * c);
        FloatVector s8 = FloatVector.fromArray(F, sums, to + 8 * c);
        for (int q = 0; q < pairs; q++) {
            int p = 2 * q * c;
            FloatVector d0 = FloatVector.fromArray(F, dy, at + p);
            FloatVector d1 = FloatVector.fromArray(F, dy, at + p + c);
            FloatVector v = FloatVector.fromArray(F, x0, r0 + p + c);
            FloatVector w = FloatVector.fromArray(F, x0, r0 + p + 2 * c);
            s0 = v.fma(d1, FloatVector.fromArray(F, x0, r0 + p).fma(d0, s0));
            s1 = w.fma(d1, v.fma(d0, s1));
            v = FloatVector.fromArray(F, x0, r0 + p + 3 * c);
            s2 = v.fma(d1, w.fma(d0, s2));
            v = FloatVector.fromArray(F, x1, r1 + p + c);
            w = FloatVector.fromArray(F, x1, r1 + p + 2 * c);
            s3 = v.fma(d1, FloatVector.fromArray(F, x1, r1 + p).fma(d0, s3));
            s4 = w.fma(d1, v.fma(d0, s4));
            v = FloatVector.fromArray(F, x1, r1 + p + 3 * c);
            s5 = v.fma(d1, w.fma(d0, s5));
            v = FloatVector.fromArray(F, x2, r2 + p + c);
            w = FloatVector.fromArray(F, x2, r2 + p + 2 * c);
            s6 = v.fma(d1, FloatVector.fromArray(F, x2, r2 + p).fma(d0, s6));
            s7 = w.fma(d1, v.fma(d0, s7));
            v = FloatVector.fromArray(F, x2, r2 + p + 3 * c);
            s8 = v.fma(d1, w.fma(d0, s8));
        }
        s0.intoArray(sums, to);
        s1.intoArray(sums, to + c);
        s2.intoArray(sums, to + 2 * c);
        s3.intoArray(sums, to + 3 * c);
        s4.intoArray(sums, to + 4 * c);
        s5.intoArray(sums, to + 5 * c);
        s6.intoArray(sums, to + 6 * c);
        s7.intoArray(sums, to + 7 * c);
        s8.intoArray(sums, to + 8 * c);
    }

    /// Adds what one output at a border gives, that sees `columns` of the three columns of its
    /// window: `sums[to + (3·i + j)·c + k] += x_i[r_i + j·c + k] · dy[at + k]` for `i < 3`, `j <
    /// columns`, all `k < c`.
    static void border(
            float[] x0,
            int r0,
            float[] x1,
            int r1,
            float[] x2,
            int r2,
            int columns,
            int c,
            float[] dy,
            int at,
            float[] sums,
            int to) {
        int end = c - c % L;
        for (int k = 0; k < end; k += L) {
            FloatVector d = FloatVector.fromArray(F, dy, at + k);
            for (int j = 0; j < columns; j++) {
                int p = j * c + k;
                int s = to + p;
                FloatVector v = FloatVector.fromArray(F, x0, r0 + p);
                v.fma(d, FloatVector.fromArray(F, sums, s)).intoArray(sums, s);
                s += 3 * c;
                v = FloatVector.fromArray(F, x1, r1 + p);
                v.fma(d, FloatVector.fromArray(F, sums, s)).intoArray(sums, s);
                s += 3 * c;
                v = FloatVector.fromArray(F, x2, r2 + p);
                v.fma(d, FloatVector.fromArray(F, sums, s)).intoArray(sums, s);
            }
        }
        for (int k = end; k < c; k++) {
            float d = dy[at + k];
            for (int p = k; p < columns * c; p += c) {
                sums[to + p] = Math.fma(x0[r0 + p], d, sums[to + p]);
                sums[to + 3 * c + p] = Math.fma(x1[r1 + p], d, sums[to + 3 * c + p]);
                sums[to + 6 * c + p] = Math.fma(x2[r2 + p], d, sums[to + 6 * c + p]);
            }
        }
    }
}
