package javelin.kernels.fft;

import static javelin.kernels.fft.LanesSimd.F;
import static javelin.kernels.fft.LanesSimd.L;
import static javelin.kernels.fft.LanesSimd.ODD;
import static javelin.kernels.fft.LanesSimd.SWAP;
import static javelin.kernels.fft.PeaseSimd.PAIR;

import jdk.incubator.vector.FloatVector;

import java.lang.invoke.VarHandle;

/// Pease's first and last passes, from pairs and to pairs, which also bring columns into the folded
/// order of [LanesSimd] and back. Apart from that as [PeaseSimd].
final class PeasePairsSimd {
    private PeasePairsSimd() {}

    /// The first pass, radix 4, from pairs: butterfly `i` of `inner`, in each of `outer` groups,
    /// reads its rows, `apart` elements from each other, from `o·inO + i·inI` on, and writes four
    /// complex vectors from `o·outO + i·outI` on. Columns come in folded order.
    ///
    /// @param re where the real parts begin
    /// @param im where the imaginary parts begin: 1 more or less
    /// @param tw roots, one entry for each `i`
    static void first4(
            float[] x,
            int re,
            int im,
            int apart,
            int outer,
            int inO,
            int outO,
            int inner,
            int inI,
            int outI,
            float[] y,
            int to,
            float[] tw) {
        for (int o = 0; o < outer; o++) {
            first4(x, re + o * inO, im + o * inO, apart, inner, inI, outI, y, to + o * outO, tw);
        }
    }

    private static void first4(
            float[] x,
            int re,
            int im,
            int apart,
            int count,
            int inI,
            int outI,
            float[] y,
            int to,
            float[] tw) {
        for (int v = 0; v < count; v++) {
            int a = re + v * inI;
            int b = im + v * inI;
            int z = to + v * outI;
            int t = v * 8;
            FloatVector ar =
                    FloatVector.fromArray(F, x, a)
                            .blend(FloatVector.fromArray(F, x, a + L - 1), ODD);
            FloatVector ai =
                    FloatVector.fromArray(F, x, b)
                            .blend(FloatVector.fromArray(F, x, b + L - 1), ODD);
            FloatVector cr =
                    FloatVector.fromArray(F, x, a + 2 * apart)
                            .blend(FloatVector.fromArray(F, x, a + 2 * apart + L - 1), ODD);
            FloatVector ci =
                    FloatVector.fromArray(F, x, b + 2 * apart)
                            .blend(FloatVector.fromArray(F, x, b + 2 * apart + L - 1), ODD);
            FloatVector er = ar.add(cr);
            FloatVector ei = ai.add(ci);
            FloatVector gr = ar.sub(cr);
            FloatVector gi = ai.sub(ci);
            VarHandle.loadLoadFence();
            FloatVector br =
                    FloatVector.fromArray(F, x, a + apart)
                            .blend(FloatVector.fromArray(F, x, a + apart + L - 1), ODD);
            FloatVector bi =
                    FloatVector.fromArray(F, x, b + apart)
                            .blend(FloatVector.fromArray(F, x, b + apart + L - 1), ODD);
            FloatVector dr =
                    FloatVector.fromArray(F, x, a + 3 * apart)
                            .blend(FloatVector.fromArray(F, x, a + 3 * apart + L - 1), ODD);
            FloatVector di =
                    FloatVector.fromArray(F, x, b + 3 * apart)
                            .blend(FloatVector.fromArray(F, x, b + 3 * apart + L - 1), ODD);
            FloatVector hr = br.add(dr);
            FloatVector hi = bi.add(di);
            FloatVector kr = bi.sub(di);
            FloatVector ki = dr.sub(br);
            er.add(hr).intoArray(y, z);
            ei.add(hi).intoArray(y, z + L);
            VarHandle.loadLoadFence();
            FloatVector u1 = gr.add(kr);
            FloatVector v1 = gi.add(ki);
            FloatVector c1 = FloatVector.broadcast(F, tw[t]);
            FloatVector s1 = FloatVector.broadcast(F, tw[t + 1]);
            u1.mul(c1).sub(v1.mul(s1)).intoArray(y, z + PAIR);
            u1.fma(s1, v1.mul(c1)).intoArray(y, z + PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u2 = er.sub(hr);
            FloatVector v2 = ei.sub(hi);
            FloatVector c2 = FloatVector.broadcast(F, tw[t + 2]);
            FloatVector s2 = FloatVector.broadcast(F, tw[t + 3]);
            u2.mul(c2).sub(v2.mul(s2)).intoArray(y, z + 2 * PAIR);
            u2.fma(s2, v2.mul(c2)).intoArray(y, z + 2 * PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u3 = gr.sub(kr);
            FloatVector v3 = gi.sub(ki);
            FloatVector c3 = FloatVector.broadcast(F, tw[t + 4]);
            FloatVector s3 = FloatVector.broadcast(F, tw[t + 5]);
            u3.mul(c3).sub(v3.mul(s3)).intoArray(y, z + 3 * PAIR);
            u3.fma(s3, v3.mul(c3)).intoArray(y, z + 3 * PAIR + L);
        }
    }

    /// The same where rows follow each other without gaps: `count` butterflies in one loop.
    ///
    /// @param tw roots, one entry for each butterfly
    static void first4(
            float[] x, int re, int im, int apart, int count, float[] y, int to, float[] tw) {
        int re1 = re + apart;
        int im1 = im + apart;
        int re2 = re + 2 * apart;
        int im2 = im + 2 * apart;
        int re3 = re + 3 * apart;
        int im3 = im + 3 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int z = v * 4 * PAIR + to;
            int t = v * 8;
            FloatVector ar =
                    FloatVector.fromArray(F, x, p + re)
                            .blend(FloatVector.fromArray(F, x, p + re + L - 1), ODD);
            FloatVector ai =
                    FloatVector.fromArray(F, x, p + im)
                            .blend(FloatVector.fromArray(F, x, p + im + L - 1), ODD);
            FloatVector cr =
                    FloatVector.fromArray(F, x, p + re2)
                            .blend(FloatVector.fromArray(F, x, p + re2 + L - 1), ODD);
            FloatVector ci =
                    FloatVector.fromArray(F, x, p + im2)
                            .blend(FloatVector.fromArray(F, x, p + im2 + L - 1), ODD);
            FloatVector er = ar.add(cr);
            FloatVector ei = ai.add(ci);
            FloatVector gr = ar.sub(cr);
            FloatVector gi = ai.sub(ci);
            VarHandle.loadLoadFence();
            FloatVector br =
                    FloatVector.fromArray(F, x, p + re1)
                            .blend(FloatVector.fromArray(F, x, p + re1 + L - 1), ODD);
            FloatVector bi =
                    FloatVector.fromArray(F, x, p + im1)
                            .blend(FloatVector.fromArray(F, x, p + im1 + L - 1), ODD);
            FloatVector dr =
                    FloatVector.fromArray(F, x, p + re3)
                            .blend(FloatVector.fromArray(F, x, p + re3 + L - 1), ODD);
            FloatVector di =
                    FloatVector.fromArray(F, x, p + im3)
                            .blend(FloatVector.fromArray(F, x, p + im3 + L - 1), ODD);
            FloatVector hr = br.add(dr);
            FloatVector hi = bi.add(di);
            FloatVector kr = bi.sub(di);
            FloatVector ki = dr.sub(br);
            er.add(hr).intoArray(y, z);
            ei.add(hi).intoArray(y, z + L);
            VarHandle.loadLoadFence();
            FloatVector u1 = gr.add(kr);
            FloatVector v1 = gi.add(ki);
            FloatVector c1 = FloatVector.broadcast(F, tw[t]);
            FloatVector s1 = FloatVector.broadcast(F, tw[t + 1]);
            u1.mul(c1).sub(v1.mul(s1)).intoArray(y, z + PAIR);
            u1.fma(s1, v1.mul(c1)).intoArray(y, z + PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u2 = er.sub(hr);
            FloatVector v2 = ei.sub(hi);
            FloatVector c2 = FloatVector.broadcast(F, tw[t + 2]);
            FloatVector s2 = FloatVector.broadcast(F, tw[t + 3]);
            u2.mul(c2).sub(v2.mul(s2)).intoArray(y, z + 2 * PAIR);
            u2.fma(s2, v2.mul(c2)).intoArray(y, z + 2 * PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u3 = gr.sub(kr);
            FloatVector v3 = gi.sub(ki);
            FloatVector c3 = FloatVector.broadcast(F, tw[t + 4]);
            FloatVector s3 = FloatVector.broadcast(F, tw[t + 5]);
            u3.mul(c3).sub(v3.mul(s3)).intoArray(y, z + 3 * PAIR);
            u3.fma(s3, v3.mul(c3)).intoArray(y, z + 3 * PAIR + L);
        }
    }

    /// The last pass, radix 4 and without roots, times `scale`, to pairs: those of result `k` of
    /// butterfly `v` go to `to + places[v] + k·apartOut`. Columns are in folded order.
    ///
    /// @param flip whether the imaginary part is the first of a pair: exchanging the parts of input
    ///   and output turns this butterfly into its inverse, whose results 1 and 3 change places
    static void last4(
            float[] x,
            int at,
            int count,
            int[] places,
            float[] y,
            int to,
            int apartOut,
            boolean flip,
            float scale) {
        int apart = count * PAIR;
        int r0 = at + (flip ? L : 0);
        int i0 = at + (flip ? 0 : L);
        int r1 = at + apart + (flip ? L : 0);
        int i1 = at + apart + (flip ? 0 : L);
        int r2 = at + 2 * apart + (flip ? L : 0);
        int i2 = at + 2 * apart + (flip ? 0 : L);
        int r3 = at + 3 * apart + (flip ? L : 0);
        int i3 = at + 3 * apart + (flip ? 0 : L);
        int one = to + (flip ? 3 : 1) * apartOut;
        int two = to + 2 * apartOut;
        int three = to + (flip ? 1 : 3) * apartOut;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int z = places[v];
            FloatVector ar = FloatVector.fromArray(F, x, p + r0);
            FloatVector ai = FloatVector.fromArray(F, x, p + i0);
            FloatVector cr = FloatVector.fromArray(F, x, p + r2);
            FloatVector ci = FloatVector.fromArray(F, x, p + i2);
            FloatVector er = ar.add(cr).mul(scale);
            FloatVector ei = ai.add(ci).mul(scale);
            FloatVector gr = ar.sub(cr).mul(scale);
            FloatVector gi = ai.sub(ci).mul(scale);
            VarHandle.loadLoadFence();
            FloatVector br = FloatVector.fromArray(F, x, p + r1);
            FloatVector bi = FloatVector.fromArray(F, x, p + i1);
            FloatVector dr = FloatVector.fromArray(F, x, p + r3);
            FloatVector di = FloatVector.fromArray(F, x, p + i3);
            FloatVector hr = br.add(dr).mul(scale);
            FloatVector hi = bi.add(di).mul(scale);
            FloatVector kr = bi.sub(di).mul(scale);
            FloatVector ki = dr.sub(br).mul(scale);
            FloatVector a0 = er.add(hr);
            FloatVector b0 = ei.add(hi);
            a0.blend(b0.rearrange(SWAP), ODD).intoArray(y, to + z);
            a0.rearrange(SWAP).blend(b0, ODD).intoArray(y, to + z + L);
            FloatVector a1 = gr.add(kr);
            FloatVector b1 = gi.add(ki);
            a1.blend(b1.rearrange(SWAP), ODD).intoArray(y, one + z);
            a1.rearrange(SWAP).blend(b1, ODD).intoArray(y, one + z + L);
            FloatVector a2 = er.sub(hr);
            FloatVector b2 = ei.sub(hi);
            a2.blend(b2.rearrange(SWAP), ODD).intoArray(y, two + z);
            a2.rearrange(SWAP).blend(b2, ODD).intoArray(y, two + z + L);
            FloatVector a3 = gr.sub(kr);
            FloatVector b3 = gi.sub(ki);
            a3.blend(b3.rearrange(SWAP), ODD).intoArray(y, three + z);
            a3.rearrange(SWAP).blend(b3, ODD).intoArray(y, three + z + L);
        }
    }

    /// Stores `count` complex vectors, times `scale`, as pairs: those of vector `v` from `to +
    /// places[v]` on.
    ///
    /// @param flip whether the imaginary part is the first of a pair
    static void store(
            float[] x,
            int at,
            int count,
            int[] places,
            float[] y,
            int to,
            boolean flip,
            float scale) {
        int first = flip ? L : 0;
        int second = L - first;
        for (int v = 0; v < count; v++) {
            FloatVector a = FloatVector.fromArray(F, x, at + first + v * PAIR);
            FloatVector b = FloatVector.fromArray(F, x, at + second + v * PAIR);
            FloatVector a0 = a.mul(scale);
            FloatVector b0 = b.mul(scale);
            a0.blend(b0.rearrange(SWAP), ODD).intoArray(y, to + places[v]);
            a0.rearrange(SWAP).blend(b0, ODD).intoArray(y, to + places[v] + L);
        }
    }

    /// Reads a row of `n` pairs as complex vectors in folded order; what is missing in the last one
    /// becomes 0.
    static void load(float[] x, int re, int im, int n, float[] y, int to) {
        int q = 0;
        for (; q <= n - L; q += L) {
            FloatVector.fromArray(F, x, re + 2 * q)
                    .blend(FloatVector.fromArray(F, x, re + 2 * q + L - 1), ODD)
                    .intoArray(y, to + 2 * q);
            FloatVector.fromArray(F, x, im + 2 * q)
                    .blend(FloatVector.fromArray(F, x, im + 2 * q + L - 1), ODD)
                    .intoArray(y, to + 2 * q + L);
        }
        for (int lane = 0; q < n && lane < L; lane++) {
            int c = q + lane / 2 + lane % 2 * (L / 2);
            y[to + 2 * q + lane] = c < n ? x[re + 2 * c] : 0;
            y[to + 2 * q + L + lane] = c < n ? x[im + 2 * c] : 0;
        }
    }
}
