package javelin.kernels.conv;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.invoke.VarHandle;

/// The innermost loops of depthwise convolution: along the channels, for four pixels at a time.
final class DepthwiseLoopsSimd {
    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    private DepthwiseLoopsSimd() {}

    /// `y[to + q·stepY] += Σ_{j<3} x[at + q·stepX + j·tap] · w[atW + j·stepW]` for `q < count`, all
    /// `channels`.
    static void threeTaps(
            float[] x,
            int at,
            int stepX,
            int tap,
            float[] w,
            int atW,
            int stepW,
            float[] y,
            int to,
            int stepY,
            int count,
            int channels) {
        int q = 0;
        for (; q + 4 <= count; q += 4) {
            int from = at + q * stepX;
            int pixel = to + q * stepY;
            if (tap == stepX) {
                shared(x, from, tap, w, atW, stepW, y, pixel, stepY, channels);
            } else {
                apart(x, from, stepX, tap, w, atW, stepW, y, pixel, stepY, channels);
                apart(
                        x,
                        from + 2 * stepX,
                        stepX,
                        tap,
                        w,
                        atW,
                        stepW,
                        y,
                        pixel + 2 * stepY,
                        stepY,
                        channels);
            }
        }
        for (int j = 0; j < 3; j++) {
            int from = at + q * stepX + j * tap;
            tap(x, from, stepX, w, atW + j * stepW, y, to + q * stepY, stepY, count - q, channels);
        }
    }

    /// Four neighbours that share inputs: stride 1.
    private static void shared(
            float[] x,
            int at,
            int tap,
            float[] w,
            int atW,
            int stepW,
            float[] y,
            int to,
            int stepY,
            int channels) {
        int end = channels - channels % L;
        for (int c = 0; c < end; c += L) {
            FloatVector w0 = FloatVector.fromArray(F, w, atW + c);
            FloatVector w1 = FloatVector.fromArray(F, w, atW + stepW + c);
            FloatVector w2 = FloatVector.fromArray(F, w, atW + 2 * stepW + c);
            FloatVector x0 = FloatVector.fromArray(F, x, at + c);
            FloatVector x1 = FloatVector.fromArray(F, x, at + tap + c);
            FloatVector x2 = FloatVector.fromArray(F, x, at + 2 * tap + c);
            FloatVector x3 = FloatVector.fromArray(F, x, at + 3 * tap + c);
            FloatVector x4 = FloatVector.fromArray(F, x, at + 4 * tap + c);
            FloatVector x5 = FloatVector.fromArray(F, x, at + 5 * tap + c);
            FloatVector y0 = x0.fma(w0, FloatVector.fromArray(F, y, to + c));
            FloatVector y1 = x1.fma(w0, FloatVector.fromArray(F, y, to + stepY + c));
            FloatVector y2 = x2.fma(w0, FloatVector.fromArray(F, y, to + 2 * stepY + c));
            FloatVector y3 = x3.fma(w0, FloatVector.fromArray(F, y, to + 3 * stepY + c));
            x2.fma(w2, x1.fma(w1, y0)).intoArray(y, to + c);
            x3.fma(w2, x2.fma(w1, y1)).intoArray(y, to + stepY + c);
            x4.fma(w2, x3.fma(w1, y2)).intoArray(y, to + 2 * stepY + c);
            x5.fma(w2, x4.fma(w1, y3)).intoArray(y, to + 3 * stepY + c);
        }
        for (int c = end; c < channels; c++) {
            for (int q = 0; q < 4; q++) {
                float sum = Math.fma(x[at + q * tap + c], w[atW + c], y[to + q * stepY + c]);
                sum = Math.fma(x[at + (q + 1) * tap + c], w[atW + stepW + c], sum);
                y[to + q * stepY + c] =
                        Math.fma(x[at + (q + 2) * tap + c], w[atW + 2 * stepW + c], sum);
            }
        }
    }

    /// Two neighbours with inputs of their own.
    private static void apart(
            float[] x,
            int at,
            int stepX,
            int tap,
            float[] w,
            int atW,
            int stepW,
            float[] y,
            int to,
            int stepY,
            int channels) {
        int end = channels - channels % L;
        for (int c = 0; c < end; c += L) {
            FloatVector w0 = FloatVector.fromArray(F, w, atW + c);
            FloatVector w1 = FloatVector.fromArray(F, w, atW + stepW + c);
            FloatVector w2 = FloatVector.fromArray(F, w, atW + 2 * stepW + c);
            FloatVector y0 = FloatVector.fromArray(F, y, to + c);
            FloatVector y1 = FloatVector.fromArray(F, y, to + stepY + c);
            y0 = FloatVector.fromArray(F, x, at + c).fma(w0, y0);
            y1 = FloatVector.fromArray(F, x, at + stepX + c).fma(w0, y1);
            y0 = FloatVector.fromArray(F, x, at + tap + c).fma(w1, y0);
            y1 = FloatVector.fromArray(F, x, at + stepX + tap + c).fma(w1, y1);
            y0 = FloatVector.fromArray(F, x, at + 2 * tap + c).fma(w2, y0);
            y1 = FloatVector.fromArray(F, x, at + stepX + 2 * tap + c).fma(w2, y1);
            y0.intoArray(y, to + c);
            y1.intoArray(y, to + stepY + c);
        }
        for (int c = end; c < channels; c++) {
            for (int q = 0; q < 2; q++) {
                int from = at + q * stepX + c;
                float sum = Math.fma(x[from], w[atW + c], y[to + q * stepY + c]);
                sum = Math.fma(x[from + tap], w[atW + stepW + c], sum);
                y[to + q * stepY + c] = Math.fma(x[from + 2 * tap], w[atW + 2 * stepW + c], sum);
            }
        }
    }

    /// Gradient to eight pixels, four pairs, of a convolution with stride 2, from one row of
    /// outputs and one row of the filters:
    ///
    /// `dx[2·q] = dy[q + 1] · w[0] + dy[q] · w[2]`, `dx[2·q + 1] = dy[q + 1] · w[1]` for `q < 4`,
    /// all `channels`, which are also the distance of neighbours.
    static void pairs(float[] dy, int row0, float[] w, int w0, float[] dx, int to, int channels) {
        int end = channels - channels % L;
        for (int c = 0; c < end; c += L) {
            FloatVector a = FloatVector.fromArray(F, w, w0 + c);
            FloatVector b = FloatVector.fromArray(F, w, w0 + channels + c);
            FloatVector d = FloatVector.fromArray(F, w, w0 + 2 * channels + c);
            FloatVector v = FloatVector.fromArray(F, dy, row0 + c);
            FloatVector x0 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + channels + c);
            x0 = v.fma(a, x0);
            FloatVector x1 = v.mul(b);
            FloatVector x2 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + 2 * channels + c);
            x2 = v.fma(a, x2);
            FloatVector x3 = v.mul(b);
            FloatVector x4 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + 3 * channels + c);
            x4 = v.fma(a, x4);
            FloatVector x5 = v.mul(b);
            FloatVector x6 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + 4 * channels + c);
            x6 = v.fma(a, x6);
            FloatVector x7 = v.mul(b);
            x0.intoArray(dx, to + c);
            x1.intoArray(dx, to + channels + c);
            x2.intoArray(dx, to + 2 * channels + c);
            x3.intoArray(dx, to + 3 * channels + c);
            x4.intoArray(dx, to + 4 * channels + c);
            x5.intoArray(dx, to + 5 * channels + c);
            x6.intoArray(dx, to + 6 * channels + c);
            x7.intoArray(dx, to + 7 * channels + c);
        }
        for (int c = end; c < channels; c++) {
            for (int q = 0; q < 4; q++) {
                int even = to + 2 * q * channels + c;
                pair(dy, row0 + q * channels + c, w, w0 + c, dx, even, channels, false);
            }
        }
    }

    /// The same from two rows of outputs, each with a row of the filters of its own.
    static void pairs(
            float[] dy,
            int row0,
            int row1,
            float[] w,
            int w0,
            int w1,
            float[] dx,
            int to,
            int channels) {
        int end = channels - channels % L;
        for (int c = 0; c < end; c += L) {
            FloatVector a = FloatVector.fromArray(F, w, w0 + c);
            FloatVector b = FloatVector.fromArray(F, w, w0 + channels + c);
            FloatVector d = FloatVector.fromArray(F, w, w0 + 2 * channels + c);
            FloatVector v = FloatVector.fromArray(F, dy, row0 + c);
            FloatVector x0 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + channels + c);
            x0 = v.fma(a, x0);
            FloatVector x1 = v.mul(b);
            FloatVector x2 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + 2 * channels + c);
            x2 = v.fma(a, x2);
            FloatVector x3 = v.mul(b);
            FloatVector x4 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + 3 * channels + c);
            x4 = v.fma(a, x4);
            FloatVector x5 = v.mul(b);
            FloatVector x6 = v.mul(d);
            v = FloatVector.fromArray(F, dy, row0 + 4 * channels + c);
            x6 = v.fma(a, x6);
            FloatVector x7 = v.mul(b);
            VarHandle.loadLoadFence();
            a = FloatVector.fromArray(F, w, w1 + c);
            b = FloatVector.fromArray(F, w, w1 + channels + c);
            d = FloatVector.fromArray(F, w, w1 + 2 * channels + c);
            v = FloatVector.fromArray(F, dy, row1 + c);
            x0 = v.fma(d, x0);
            v = FloatVector.fromArray(F, dy, row1 + channels + c);
            x0 = v.fma(a, x0);
            x1 = v.fma(b, x1);
            x2 = v.fma(d, x2);
            v = FloatVector.fromArray(F, dy, row1 + 2 * channels + c);
            x2 = v.fma(a, x2);
            x3 = v.fma(b, x3);
            x4 = v.fma(d, x4);
            v = FloatVector.fromArray(F, dy, row1 + 3 * channels + c);
            x4 = v.fma(a, x4);
            x5 = v.fma(b, x5);
            x6 = v.fma(d, x6);
            v = FloatVector.fromArray(F, dy, row1 + 4 * channels + c);
            x6 = v.fma(a, x6);
            x7 = v.fma(b, x7);
            x0.intoArray(dx, to + c);
            x1.intoArray(dx, to + channels + c);
            x2.intoArray(dx, to + 2 * channels + c);
            x3.intoArray(dx, to + 3 * channels + c);
            x4.intoArray(dx, to + 4 * channels + c);
            x5.intoArray(dx, to + 5 * channels + c);
            x6.intoArray(dx, to + 6 * channels + c);
            x7.intoArray(dx, to + 7 * channels + c);
        }
        for (int c = end; c < channels; c++) {
            for (int q = 0; q < 4; q++) {
                int even = to + 2 * q * channels + c;
                pair(dy, row0 + q * channels + c, w, w0 + c, dx, even, channels, false);
                pair(dy, row1 + q * channels + c, w, w1 + c, dx, even, channels, true);
            }
        }
    }

    private static void pair(
            float[] dy,
            int at,
            float[] w,
            int atW,
            float[] dx,
            int to,
            int channels,
            boolean adds) {
        float even = Math.fma(dy[at + channels], w[atW], dy[at] * w[atW + 2 * channels]);
        float odd = dy[at + channels] * w[atW + channels];
        dx[to] = adds ? dx[to] + even : even;
        dx[to + channels] = adds ? dx[to + channels] + odd : odd;
    }

    /// `y[to + q·stepY] += x[at + q·stepX] · w[atW]` for `q < count`, all `channels`; nothing if
    /// `count` is not positive.
    static void tap(
            float[] x,
            int at,
            int stepX,
            float[] w,
            int atW,
            float[] y,
            int to,
            int stepY,
            int count,
            int channels) {
        for (int q = 0; q < count; q++) {
            multiplyAdd(x, at + q * stepX, w, atW, y, to + q * stepY, channels);
        }
    }

    /// `sums[to] += Σ_{q<count} x[at + q·stepX] · dy[atY + q·stepY]`, all `channels`.
    static void weights(
            float[] x,
            int at,
            int stepX,
            float[] dy,
            int atY,
            int stepY,
            float[] sums,
            int to,
            int count,
            int channels) {
        int q = 0;
        for (; q + 4 <= count; q += 4) {
            fourProducts(x, at + q * stepX, stepX, dy, atY + q * stepY, stepY, sums, to, channels);
        }
        for (; q < count; q++) {
            multiplyAdd(x, at + q * stepX, dy, atY + q * stepY, sums, to, channels);
        }
    }

    private static void fourProducts(
            float[] x,
            int at,
            int stepX,
            float[] dy,
            int atY,
            int stepY,
            float[] sums,
            int to,
            int channels) {
        int end = channels - channels % L;
        for (int c = 0; c < end; c += L) {
            FloatVector sum = FloatVector.fromArray(F, sums, to + c);
            FloatVector other =
                    FloatVector.fromArray(F, x, at + stepX + c)
                            .mul(FloatVector.fromArray(F, dy, atY + stepY + c));
            sum =
                    FloatVector.fromArray(F, x, at + c)
                            .fma(FloatVector.fromArray(F, dy, atY + c), sum);
            other =
                    FloatVector.fromArray(F, x, at + 3 * stepX + c)
                            .fma(FloatVector.fromArray(F, dy, atY + 3 * stepY + c), other);
            sum =
                    FloatVector.fromArray(F, x, at + 2 * stepX + c)
                            .fma(FloatVector.fromArray(F, dy, atY + 2 * stepY + c), sum);
            sum.add(other).intoArray(sums, to + c);
        }
        for (int c = end; c < channels; c++) {
            float sum = sums[to + c];
            for (int q = 0; q < 4; q++) {
                sum = Math.fma(x[at + q * stepX + c], dy[atY + q * stepY + c], sum);
            }
            sums[to + c] = sum;
        }
    }

    /// `y[t] += a[t] · b[t]`.
    private static void multiplyAdd(
            float[] a, int atA, float[] b, int atB, float[] y, int atY, int n) {
        for (int t = 0; t < n; t++) {
            y[atY + t] += a[atA + t] * b[atB + t];
        }
    }
}
