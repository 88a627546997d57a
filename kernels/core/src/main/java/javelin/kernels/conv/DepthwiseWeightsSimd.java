package javelin.kernels.conv;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the gradient of depthwise 3×3 filters: along rows of outputs, with the
/// nine sums of a vector of channels in registers.
///
/// Pixels are `c` apart. Output row `p` sees rows of the image that begin at `rows[3·p]` to
/// `rows[3·p + 2]`; where that is negative, at `zeros`.
final class DepthwiseWeightsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private DepthwiseWeightsSimd() {}

    /// `sums[to + (3·i + j)·c] = Σ_{p<height} Σ_{q<count} x[rows[3·p + i] + skip + q·step + j·c] ·
    /// dy[atY + p·stepY + q·c]` for one vector of channels.
    static void pixels(
            float[] x,
            float[] zeros,
            int[] rows,
            int height,
            int skip,
            int step,
            int c,
            float[] dy,
            int atY,
            int stepY,
            float[] sums,
            int to,
            int count) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        for (int p = 0; p < height; p++) {
            int i = 3 * p;
            float[] x0 = rows[i] < 0 ? zeros : x;
            float[] x1 = rows[i + 1] < 0 ? zeros : x;
            float[] x2 = rows[i + 2] < 0 ? zeros : x;
            int r0 = Math.max(rows[i], 0) + skip;
            int r1 = Math.max(rows[i + 1], 0) + skip;
            int r2 = Math.max(rows[i + 2], 0) + skip;
            int row = atY + p * stepY;
            for (int q = 0; q < count; q++) {
                int at = q * step;
                FloatVector d = FloatVector.fromArray(F, dy, row + q * c);
                s0 = FloatVector.fromArray(F, x0, r0 + at).fma(d, s0);
                s1 = FloatVector.fromArray(F, x0, r0 + at + c).fma(d, s1);
                s2 = FloatVector.fromArray(F, x0, r0 + at + 2 * c).fma(d, s2);
                s3 = FloatVector.fromArray(F, x1, r1 + at).fma(d, s3);
                s4 = FloatVector.fromArray(F, x1, r1 + at + c).fma(d, s4);
                s5 = FloatVector.fromArray(F, x1, r1 + at + 2 * c).fma(d, s5);
                s6 = FloatVector.fromArray(F, x2, r2 + at).fma(d, s6);
                s7 = FloatVector.fromArray(F, x2, r2 + at + c).fma(d, s7);
                s8 = FloatVector.fromArray(F, x2, r2 + at + 2 * c).fma(d, s8);
            }
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

    /// As [#pixels] with windows one pixel apart, two neighbours at a time, which share columns.
    static void pairs(
            float[] x,
            float[] zeros,
            int[] rows,
            int height,
            int skip,
            int c,
            float[] dy,
            int atY,
            int stepY,
            float[] sums,
            int to,
            int count) {
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        for (int p = 0; p < height; p++) {
            int i = 3 * p;
            float[] x0 = rows[i] < 0 ? zeros : x;
            float[] x1 = rows[i + 1] < 0 ? zeros : x;
            float[] x2 = rows[i + 2] < 0 ? zeros : x;
            int r0 = Math.max(rows[i], 0) + skip;
            int r1 = Math.max(rows[i + 1], 0) + skip;
            int r2 = Math.max(rows[i + 2], 0) + skip;
            int row = atY + p * stepY;
            int even = count - count % 2;
            for (int q = 0; q < even; q += 2) {
                int at = q * c;
                FloatVector d0 = FloatVector.fromArray(F, dy, row + at);
                FloatVector d1 = FloatVector.fromArray(F, dy, row + at + c);
                FloatVector v = FloatVector.fromArray(F, x0, r0 + at + c);
                FloatVector w = FloatVector.fromArray(F, x0, r0 + at + 2 * c);
                s0 = FloatVector.fromArray(F, x0, r0 + at).fma(d0, s0);
                s0 = v.fma(d1, s0);
                s1 = w.fma(d1, v.fma(d0, s1));
                v = FloatVector.fromArray(F, x0, r0 + at + 3 * c);
                s2 = v.fma(d1, w.fma(d0, s2));
                v = FloatVector.fromArray(F, x1, r1 + at + c);
                w = FloatVector.fromArray(F, x1, r1 + at + 2 * c);
                s3 = FloatVector.fromArray(F, x1, r1 + at).fma(d0, s3);
                s3 = v.fma(d1, s3);
                s4 = w.fma(d1, v.fma(d0, s4));
                v = FloatVector.fromArray(F, x1, r1 + at + 3 * c);
                s5 = v.fma(d1, w.fma(d0, s5));
                v = FloatVector.fromArray(F, x2, r2 + at + c);
                w = FloatVector.fromArray(F, x2, r2 + at + 2 * c);
                s6 = FloatVector.fromArray(F, x2, r2 + at).fma(d0, s6);
                s6 = v.fma(d1, s6);
                s7 = w.fma(d1, v.fma(d0, s7));
                v = FloatVector.fromArray(F, x2, r2 + at + 3 * c);
                s8 = v.fma(d1, w.fma(d0, s8));
            }
            if (even < count) {
                int at = even * c;
                FloatVector d = FloatVector.fromArray(F, dy, row + at);
                s0 = FloatVector.fromArray(F, x0, r0 + at).fma(d, s0);
                s1 = FloatVector.fromArray(F, x0, r0 + at + c).fma(d, s1);
                s2 = FloatVector.fromArray(F, x0, r0 + at + 2 * c).fma(d, s2);
                s3 = FloatVector.fromArray(F, x1, r1 + at).fma(d, s3);
                s4 = FloatVector.fromArray(F, x1, r1 + at + c).fma(d, s4);
                s5 = FloatVector.fromArray(F, x1, r1 + at + 2 * c).fma(d, s5);
                s6 = FloatVector.fromArray(F, x2, r2 + at).fma(d, s6);
                s7 = FloatVector.fromArray(F, x2, r2 + at + c).fma(d, s7);
                s8 = FloatVector.fromArray(F, x2, r2 + at + 2 * c).fma(d, s8);
            }
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
