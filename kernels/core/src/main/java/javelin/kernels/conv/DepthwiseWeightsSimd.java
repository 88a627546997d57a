package javelin.kernels.conv;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the gradient of depthwise 3×3 filters: along a row of outputs, with the
/// nine sums of a vector of channels in registers.
final class DepthwiseWeightsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private DepthwiseWeightsSimd() {}

    /// `sums[to + (3·i + j)·c] += Σ_{q<count} x[at + q·step + i·down + j·tap] · dy[atY + q·c]` for
    /// all `c` channels.
    static void window(
            float[] x,
            int at,
            int step,
            int down,
            int tap,
            float[] dy,
            int atY,
            float[] sums,
            int to,
            int count,
            int c) {
        int end = c - c % L;
        int pairs = step == tap ? count / 2 : 0;
        for (int k = 0; k < end; k += L) {
            if (pairs > 0) {
                pairs(x, at + k, step, down, dy, atY + k, sums, to + k, pairs, c);
            }
            if (2 * pairs < count) {
                int skip = 2 * pairs;
                int from = at + k + skip * step;
                int pixel = atY + k + skip * c;
                pixels(x, from, step, down, tap, dy, pixel, sums, to + k, count - skip, c);
            }
        }
        for (int k = end; k < c; k++) {
            for (int t = 0; t < 9; t++) {
                int from = at + t / 3 * down + t % 3 * tap + k;
                float sum = sums[to + t * c + k];
                for (int q = 0; q < count; q++) {
                    sum = Math.fma(x[from + q * step], dy[atY + q * c + k], sum);
                }
                sums[to + t * c + k] = sum;
            }
        }
    }

    /// Two neighbours at a time, which share columns.
    private static void pairs(
            float[] x,
            int at,
            int step,
            int down,
            float[] dy,
            int atY,
            float[] sums,
            int to,
            int count,
            int c) {
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
            int p = at + q * 2 * step;
            FloatVector d0 = FloatVector.fromArray(F, dy, atY + q * 2 * c);
            FloatVector d1 = FloatVector.fromArray(F, dy, atY + q * 2 * c + c);
            FloatVector v = FloatVector.fromArray(F, x, p + step);
            FloatVector w = FloatVector.fromArray(F, x, p + 2 * step);
            s0 = v.fma(d1, FloatVector.fromArray(F, x, p).fma(d0, s0));
            s1 = w.fma(d1, v.fma(d0, s1));
            s2 = FloatVector.fromArray(F, x, p + 3 * step).fma(d1, w.fma(d0, s2));
            p += down;
            v = FloatVector.fromArray(F, x, p + step);
            w = FloatVector.fromArray(F, x, p + 2 * step);
            s3 = v.fma(d1, FloatVector.fromArray(F, x, p).fma(d0, s3));
            s4 = w.fma(d1, v.fma(d0, s4));
            s5 = FloatVector.fromArray(F, x, p + 3 * step).fma(d1, w.fma(d0, s5));
            p += down;
            v = FloatVector.fromArray(F, x, p + step);
            w = FloatVector.fromArray(F, x, p + 2 * step);
            s6 = v.fma(d1, FloatVector.fromArray(F, x, p).fma(d0, s6));
            s7 = w.fma(d1, v.fma(d0, s7));
            s8 = FloatVector.fromArray(F, x, p + 3 * step).fma(d1, w.fma(d0, s8));
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

    /// One output at a time, at any step.
    private static void pixels(
            float[] x,
            int at,
            int step,
            int down,
            int tap,
            float[] dy,
            int atY,
            float[] sums,
            int to,
            int count,
            int c) {
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
            int p = at + q * step;
            FloatVector d = FloatVector.fromArray(F, dy, atY + q * c);
            s0 = FloatVector.fromArray(F, x, p).fma(d, s0);
            s1 = FloatVector.fromArray(F, x, p + tap).fma(d, s1);
            s2 = FloatVector.fromArray(F, x, p + 2 * tap).fma(d, s2);
            p += down;
            s3 = FloatVector.fromArray(F, x, p).fma(d, s3);
            s4 = FloatVector.fromArray(F, x, p + tap).fma(d, s4);
            s5 = FloatVector.fromArray(F, x, p + 2 * tap).fma(d, s5);
            p += down;
            s6 = FloatVector.fromArray(F, x, p).fma(d, s6);
            s7 = FloatVector.fromArray(F, x, p + tap).fma(d, s7);
            s8 = FloatVector.fromArray(F, x, p + 2 * tap).fma(d, s8);
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
}
