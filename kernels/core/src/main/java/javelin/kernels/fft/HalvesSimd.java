package javelin.kernels.fft;

import static javelin.kernels.fft.LanesSimd.F;
import static javelin.kernels.fft.LanesSimd.L;
import static javelin.kernels.fft.LanesSimd.ODD;
import static javelin.kernels.fft.LanesSimd.SWAP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/// Between the spectrum of `n` real numbers and that of the `h = n/2` pairs they make: even numbers
/// as real parts, odd ones as imaginary parts. Immutable.
///
/// @see "Press et al., Numerical Recipes, 3rd edition, 2007, section 12.3"
final class HalvesSimd {
    /// The other way round; in folded order too.
    private static final VectorShuffle<Float> MIRRORED = VectorShuffle.fromOp(F, i -> L - 1 - i);

    private final int h;
    private final float[] cos;
    private final float[] sin;

    /// The same from 1 on, each vector in folded order.
    private final float[] foldedCos;

    private final float[] foldedSin;

    /// Tables for `2·h` real numbers.
    HalvesSimd(int h) {
        this.h = h;
        cos = new float[h / 2 + 1];
        sin = new float[h / 2 + 1];
        for (int k = 0; k <= h / 2; k++) {
            cos[k] = (float) Roots.cos(k, 2L * h);
            sin[k] = (float) Roots.sin(k, 2L * h);
        }
        foldedCos = folded(cos);
        foldedSin = folded(sin);
    }

    private static float[] folded(float[] x) {
        float[] y = new float[x.length];
        for (int k = 1; k + L <= x.length; k += L) {
            for (int lane = 0; lane < L; lane++) {
                y[k + lane] = x[k + LanesSimd.unfolded(lane)];
            }
        }
        return y;
    }

    /// Vectors of pairs, from 1 on, whose mirror images are others.
    private int vectors() {
        return (h - 1) / (2 * L);
    }

    /// The `h + 1` pairs of the spectrum of the real numbers, from that of the pairs, `z`.
    ///
    /// @param scale factor of all results
    /// @param inner further factor of all but the first and the last
    void spectrum(float[] z, int at, float[] y, int to, double scale, double inner) {
        float first = (float) scale;
        y[to] = (z[at] + z[at + 1]) * first;
        y[to + 1] = 0;
        y[to + 2 * h] = (z[at] - z[at + 1]) * first;
        y[to + 2 * h + 1] = 0;
        float factor = (float) (scale * inner / 2);
        int count = vectors();
        for (int v = 0; v < count; v++) {
            int k = v * L + 1;
            int m = h - L - v * L;
            FloatVector zr =
                    FloatVector.fromArray(F, z, at + 2 * k)
                            .blend(FloatVector.fromArray(F, z, at + 2 * k + L - 1), ODD)
                            .mul(factor);
            FloatVector zi =
                    FloatVector.fromArray(F, z, at + 2 * k + 1)
                            .blend(FloatVector.fromArray(F, z, at + 2 * k + 1 + L - 1), ODD)
                            .mul(factor);
            FloatVector wr =
                    FloatVector.fromArray(F, z, at + 2 * m)
                            .blend(FloatVector.fromArray(F, z, at + 2 * m + L - 1), ODD)
                            .rearrange(MIRRORED)
                            .mul(factor);
            FloatVector wi =
                    FloatVector.fromArray(F, z, at + 2 * m + 1)
                            .blend(FloatVector.fromArray(F, z, at + 2 * m + 1 + L - 1), ODD)
                            .rearrange(MIRRORED)
                            .mul(factor);
            FloatVector c = FloatVector.fromArray(F, foldedCos, k);
            FloatVector s = FloatVector.fromArray(F, foldedSin, k);
            FloatVector er = zr.add(wr);
            FloatVector ei = zi.sub(wi);
            FloatVector or = zi.add(wi);
            FloatVector oi = wr.sub(zr);
            FloatVector tr = or.fma(c, oi.mul(s));
            FloatVector ti = oi.mul(c).sub(or.mul(s));
            FloatVector a0 = er.add(tr);
            FloatVector b0 = ei.add(ti);
            a0.blend(b0.rearrange(SWAP), ODD).intoArray(y, to + 2 * k);
            a0.rearrange(SWAP).blend(b0, ODD).intoArray(y, to + 2 * k + L);
            FloatVector a1 = er.sub(tr).rearrange(MIRRORED);
            FloatVector b1 = ti.sub(ei).rearrange(MIRRORED);
            a1.blend(b1.rearrange(SWAP), ODD).intoArray(y, to + 2 * m);
            a1.rearrange(SWAP).blend(b1, ODD).intoArray(y, to + 2 * m + L);
        }
        for (int k = count * L + 1; 2 * k <= h; k++) {
            int a = at + 2 * k;
            int b = at + 2 * (h - k);
            float er = (z[a] + z[b]) * factor;
            float ei = (z[a + 1] - z[b + 1]) * factor;
            float or = (z[a + 1] + z[b + 1]) * factor;
            float oi = (z[b] - z[a]) * factor;
            float tr = or * cos[k] + oi * sin[k];
            float ti = oi * cos[k] - or * sin[k];
            int mirror = to + 2 * (h - k);
            y[mirror] = er - tr;
            y[mirror + 1] = ti - ei;
            y[to + 2 * k] = er + tr;
            y[to + 2 * k + 1] = ei + ti;
        }
    }

    /// The spectrum `z` of the pairs, from the `h + 1` pairs of that of the real numbers; the
    /// inverse of [#spectrum] but for a factor of 2, with `inner` 2.
    ///
    /// @param inner factor of all numbers but the first and the last
    void pairs(float[] y, int at, float[] z, int to, double inner) {
        z[to] = y[at] + y[at + 2 * h];
        z[to + 1] = y[at] - y[at + 2 * h];
        float factor = (float) (inner / 2);
        int count = vectors();
        for (int v = 0; v < count; v++) {
            int k = v * L + 1;
            int m = h - L - v * L;
            FloatVector yr =
                    FloatVector.fromArray(F, y, at + 2 * k)
                            .blend(FloatVector.fromArray(F, y, at + 2 * k + L - 1), ODD)
                            .mul(factor);
            FloatVector yi =
                    FloatVector.fromArray(F, y, at + 2 * k + 1)
                            .blend(FloatVector.fromArray(F, y, at + 2 * k + 1 + L - 1), ODD)
                            .mul(factor);
            FloatVector vr =
                    FloatVector.fromArray(F, y, at + 2 * m)
                            .blend(FloatVector.fromArray(F, y, at + 2 * m + L - 1), ODD)
                            .rearrange(MIRRORED)
                            .mul(factor);
            FloatVector vi =
                    FloatVector.fromArray(F, y, at + 2 * m + 1)
                            .blend(FloatVector.fromArray(F, y, at + 2 * m + 1 + L - 1), ODD)
                            .rearrange(MIRRORED)
                            .mul(factor);
            FloatVector c = FloatVector.fromArray(F, foldedCos, k);
            FloatVector s = FloatVector.fromArray(F, foldedSin, k);
            FloatVector er = yr.add(vr);
            FloatVector ei = yi.sub(vi);
            FloatVector dr = yr.sub(vr);
            FloatVector di = yi.add(vi);
            FloatVector or = dr.mul(c).sub(di.mul(s));
            FloatVector oi = dr.fma(s, di.mul(c));
            FloatVector a0 = er.sub(oi);
            FloatVector b0 = ei.add(or);
            a0.blend(b0.rearrange(SWAP), ODD).intoArray(z, to + 2 * k);
            a0.rearrange(SWAP).blend(b0, ODD).intoArray(z, to + 2 * k + L);
            FloatVector a1 = er.add(oi).rearrange(MIRRORED);
            FloatVector b1 = or.sub(ei).rearrange(MIRRORED);
            a1.blend(b1.rearrange(SWAP), ODD).intoArray(z, to + 2 * m);
            a1.rearrange(SWAP).blend(b1, ODD).intoArray(z, to + 2 * m + L);
        }
        for (int k = count * L + 1; 2 * k <= h; k++) {
            int a = at + 2 * k;
            int b = at + 2 * (h - k);
            float er = (y[a] + y[b]) * factor;
            float ei = (y[a + 1] - y[b + 1]) * factor;
            float dr = (y[a] - y[b]) * factor;
            float di = (y[a + 1] + y[b + 1]) * factor;
            float or = dr * cos[k] - di * sin[k];
            float oi = dr * sin[k] + di * cos[k];
            int mirror = to + 2 * (h - k);
            z[mirror] = er + oi;
            z[mirror + 1] = or - ei;
            z[to + 2 * k] = er - oi;
            z[to + 2 * k + 1] = ei + or;
        }
    }
}
