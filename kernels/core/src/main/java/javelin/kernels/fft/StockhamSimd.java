package javelin.kernels.fft;

import static javelin.kernels.fft.LanesSimd.F;
import static javelin.kernels.fft.LanesSimd.L;
import static javelin.kernels.fft.LanesSimd.SWAP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Passes of [Stockham], four interleaved pairs to a vector of eight lanes.
///
/// Multiplication by `∓i` exchanges the parts of each pair and multiplies by `sign`, `1, −1, 1, −1,
/// …` or, for the inverse, `−1, 1, …`. Roots of unity of the first pass are vectors: cosines,
/// doubled, and behind them sines with those signs; those of later passes are a cosine and a sine
/// for all lanes. Helper methods would be too much for the JIT's limit of nodes, hence the copies.
final class StockhamSimd {
    /// Numbers of one root of unity: a vector of cosines and one of signed sines.
    static final int ROOT = 2 * L;

    private static final VectorShuffle<Float> HALF = VectorShuffle.fromOp(F, i -> (i + L / 2) % L);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, i -> (i ^ 2) % L);
    private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(F, 0xF0 & (1L << L) - 1);
    private static final VectorMask<Float> UPPER_2 = VectorMask.fromLong(F, 0xCC & (1L << L) - 1);

    private static final float SQRT_HALF = (float) Math.sqrt(0.5);
    private static final float COS_60 = -0.5f;
    private static final float SIN_60 = (float) Math.sqrt(0.75);
    private static final float COS_72 = (float) Roots.cos(1, 5);
    private static final float COS_144 = (float) Roots.cos(2, 5);
    private static final float SIN_72 = (float) Roots.sin(1, 5);
    private static final float SIN_144 = (float) Roots.sin(2, 5);

    private StockhamSimd() {}

    /// The first pass, radix 4: `count` vectors of butterflies whose rows are `apart` elements from
    /// each other; results of one butterfly become neighbours.
    static void first4(
            float[] x,
            int at,
            int apart,
            float[] y,
            int to,
            int count,
            float[] tw,
            int t0,
            float[] signs) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        int x3 = at + 3 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * L;
            int z = v * 4 * L + to;
            int t = v * 3 * ROOT + t0;
            FloatVector a = FloatVector.fromArray(F, x, p + at);
            FloatVector b = FloatVector.fromArray(F, x, p + x1);
            FloatVector c = FloatVector.fromArray(F, x, p + x2);
            FloatVector d = FloatVector.fromArray(F, x, p + x3);
            FloatVector e = a.add(c);
            FloatVector g = a.sub(c);
            FloatVector h = b.add(d);
            FloatVector k = b.sub(d).rearrange(SWAP).mul(sign);
            FloatVector r0 = e.add(h);
            FloatVector u1 = g.add(k);
            FloatVector r1 =
                    u1.fma(
                            FloatVector.fromArray(F, tw, t),
                            u1.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + L)));
            FloatVector u2 = e.sub(h);
            FloatVector r2 =
                    u2.fma(
                            FloatVector.fromArray(F, tw, t + ROOT),
                            u2.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + ROOT + L)));
            FloatVector u3 = g.sub(k);
            FloatVector r3 =
                    u3.fma(
                            FloatVector.fromArray(F, tw, t + 2 * ROOT),
                            u3.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 2 * ROOT + L)));
            FloatVector p0 = r0.blend(r2.rearrange(HALF), UPPER_4);
            FloatVector p1 = r1.blend(r3.rearrange(HALF), UPPER_4);
            p0.blend(p1.rearrange(BY_2), UPPER_2).intoArray(y, z);
            p0.rearrange(BY_2).blend(p1, UPPER_2).intoArray(y, z + L);
            FloatVector p2 = r0.rearrange(HALF).blend(r2, UPPER_4);
            FloatVector p3 = r1.rearrange(HALF).blend(r3, UPPER_4);
            p2.blend(p3.rearrange(BY_2), UPPER_2).intoArray(y, z + 2 * L);
            p2.rearrange(BY_2).blend(p3, UPPER_2).intoArray(y, z + 3 * L);
        }
    }

    /// The first pass, radix 8: results `k` of four neighbouring butterflies become a vector, and
    /// [#neighbours] brings them into their order. In one loop the JIT was seen to make objects of
    /// some vectors.
    static void first8(
            float[] x,
            int at,
            int apart,
            float[] y,
            int to,
            int count,
            float[] tw,
            int t0,
            float[] signs) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        int x3 = at + 3 * apart;
        int x4 = at + 4 * apart;
        int x5 = at + 5 * apart;
        int x6 = at + 6 * apart;
        int x7 = at + 7 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * L;
            int z = v * 8 * L + to;
            int t = v * 7 * ROOT + t0;
            FloatVector a = FloatVector.fromArray(F, x, p + at);
            FloatVector b = FloatVector.fromArray(F, x, p + x4);
            FloatVector c = FloatVector.fromArray(F, x, p + x2);
            FloatVector d = FloatVector.fromArray(F, x, p + x6);
            FloatVector e = a.add(b);
            FloatVector g = a.sub(b);
            FloatVector h = c.add(d);
            FloatVector k = c.sub(d).rearrange(SWAP).mul(sign);
            FloatVector e0 = e.add(h);
            FloatVector e1 = g.add(k);
            FloatVector e2 = e.sub(h);
            FloatVector e3 = g.sub(k);
            a = FloatVector.fromArray(F, x, p + x1);
            b = FloatVector.fromArray(F, x, p + x5);
            c = FloatVector.fromArray(F, x, p + x3);
            d = FloatVector.fromArray(F, x, p + x7);
            e = a.add(b);
            g = a.sub(b);
            h = c.add(d);
            k = c.sub(d).rearrange(SWAP).mul(sign);
            FloatVector o0 = e.add(h);
            FloatVector o1 = g.add(k);
            FloatVector o2 = e.sub(h).rearrange(SWAP).mul(sign);
            FloatVector o3 = g.sub(k);
            o1 = o1.rearrange(SWAP).fma(sign, o1).mul(SQRT_HALF);
            o3 = o3.rearrange(SWAP).mul(sign).sub(o3).mul(SQRT_HALF);
            FloatVector r0 = e0.add(o0);
            FloatVector u1 = e1.add(o1);
            FloatVector r1 =
                    u1.fma(
                            FloatVector.fromArray(F, tw, t),
                            u1.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + L)));
            FloatVector u2 = e2.add(o2);
            FloatVector r2 =
                    u2.fma(
                            FloatVector.fromArray(F, tw, t + ROOT),
                            u2.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + ROOT + L)));
            FloatVector u3 = e3.add(o3);
            FloatVector r3 =
                    u3.fma(
                            FloatVector.fromArray(F, tw, t + 2 * ROOT),
                            u3.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 2 * ROOT + L)));
            r0.intoArray(y, z);
            r1.intoArray(y, z + L);
            r2.intoArray(y, z + 2 * L);
            r3.intoArray(y, z + 3 * L);
            FloatVector u4 = e0.sub(o0);
            r0 =
                    u4.fma(
                            FloatVector.fromArray(F, tw, t + 3 * ROOT),
                            u4.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 3 * ROOT + L)));
            FloatVector u5 = e1.sub(o1);
            r1 =
                    u5.fma(
                            FloatVector.fromArray(F, tw, t + 4 * ROOT),
                            u5.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 4 * ROOT + L)));
            FloatVector u6 = e2.sub(o2);
            r2 =
                    u6.fma(
                            FloatVector.fromArray(F, tw, t + 5 * ROOT),
                            u6.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 5 * ROOT + L)));
            FloatVector u7 = e3.sub(o3);
            r3 =
                    u7.fma(
                            FloatVector.fromArray(F, tw, t + 6 * ROOT),
                            u7.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 6 * ROOT + L)));
            r0.intoArray(y, z + 4 * L);
            r1.intoArray(y, z + 5 * L);
            r2.intoArray(y, z + 6 * L);
            r3.intoArray(y, z + 7 * L);
        }
    }

    /// Transposes, in place, `count` matrices of four results by four butterflies, of which two
    /// stand one behind the other for the eight results of radix 8.
    static void neighbours(float[] y, int at, int count) {
        for (int v = 0; v < count; v++) {
            int z = at + v * 8 * L;
            FloatVector r0 = FloatVector.fromArray(F, y, z);
            FloatVector r1 = FloatVector.fromArray(F, y, z + L);
            FloatVector r2 = FloatVector.fromArray(F, y, z + 2 * L);
            FloatVector r3 = FloatVector.fromArray(F, y, z + 3 * L);
            FloatVector p0 = r0.blend(r2.rearrange(HALF), UPPER_4);
            FloatVector p2 = r0.rearrange(HALF).blend(r2, UPPER_4);
            FloatVector p1 = r1.blend(r3.rearrange(HALF), UPPER_4);
            FloatVector p3 = r1.rearrange(HALF).blend(r3, UPPER_4);
            FloatVector s0 = FloatVector.fromArray(F, y, z + 4 * L);
            FloatVector s1 = FloatVector.fromArray(F, y, z + 5 * L);
            FloatVector s2 = FloatVector.fromArray(F, y, z + 6 * L);
            FloatVector s3 = FloatVector.fromArray(F, y, z + 7 * L);
            FloatVector q0 = s0.blend(s2.rearrange(HALF), UPPER_4);
            FloatVector q2 = s0.rearrange(HALF).blend(s2, UPPER_4);
            FloatVector q1 = s1.blend(s3.rearrange(HALF), UPPER_4);
            FloatVector q3 = s1.rearrange(HALF).blend(s3, UPPER_4);
            p0.blend(p1.rearrange(BY_2), UPPER_2).intoArray(y, z);
            q0.blend(q1.rearrange(BY_2), UPPER_2).intoArray(y, z + L);
            p0.rearrange(BY_2).blend(p1, UPPER_2).intoArray(y, z + 2 * L);
            q0.rearrange(BY_2).blend(q1, UPPER_2).intoArray(y, z + 3 * L);
            p2.blend(p3.rearrange(BY_2), UPPER_2).intoArray(y, z + 4 * L);
            q2.blend(q3.rearrange(BY_2), UPPER_2).intoArray(y, z + 5 * L);
            p2.rearrange(BY_2).blend(p3, UPPER_2).intoArray(y, z + 6 * L);
            q2.rearrange(BY_2).blend(q3, UPPER_2).intoArray(y, z + 7 * L);
        }
    }

    /// A pass between the first and the last, radix 3: vector `v` of `where.length / 2` goes to
    /// `where[2·v]` and on, results `step` elements from each other, turned by the roots at
    /// `where[2·v + 1]`.
    ///
    /// @param scale factor of the results
    static void pass3(
            float[] x,
            int at,
            float[] y,
            int to,
            int step,
            int[] where,
            float[] tw,
            float[] signs,
            float scale) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int count = where.length;
        int x1 = at + count * L;
        int x2 = at + 2 * count * L;
        FloatVector sine = sign.mul(SIN_60);
        for (int v = 0; v < count; v++) {
            int p = v * L;
            int z = to + where[v];
            int t = v * 4;
            FloatVector a = FloatVector.fromArray(F, x, p + at).mul(scale);
            FloatVector b = FloatVector.fromArray(F, x, p + x1).mul(scale);
            FloatVector c = FloatVector.fromArray(F, x, p + x2).mul(scale);
            FloatVector e = b.add(c);
            FloatVector h = b.sub(c).rearrange(SWAP).mul(sine);
            FloatVector g = e.mul(COS_60).add(a);
            a.add(e).intoArray(y, z);
            FloatVector u1 = g.add(h);
            u1.mul(tw[t]).add(u1.rearrange(SWAP).mul(sign).mul(tw[t + 1])).intoArray(y, z + step);
            FloatVector u2 = g.sub(h);
            u2.mul(tw[t + 2])
                    .add(u2.rearrange(SWAP).mul(sign).mul(tw[t + 3]))
                    .intoArray(y, z + 2 * step);
        }
    }

    /// As [#pass3], radix 4.
    static void pass4(
            float[] x,
            int at,
            float[] y,
            int to,
            int step,
            int[] where,
            float[] tw,
            float[] signs) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int count = where.length;
        int x1 = at + count * L;
        int x2 = at + 2 * count * L;
        int x3 = at + 3 * count * L;
        for (int v = 0; v < count; v++) {
            int p = v * L;
            int z = to + where[v];
            int t = v * 6;
            FloatVector a = FloatVector.fromArray(F, x, p + at);
            FloatVector b = FloatVector.fromArray(F, x, p + x1);
            FloatVector c = FloatVector.fromArray(F, x, p + x2);
            FloatVector d = FloatVector.fromArray(F, x, p + x3);
            FloatVector e = a.add(c);
            FloatVector g = a.sub(c);
            FloatVector h = b.add(d);
            FloatVector k = b.sub(d).rearrange(SWAP).mul(sign);
            e.add(h).intoArray(y, z);
            FloatVector u1 = g.add(k);
            u1.mul(tw[t]).add(u1.rearrange(SWAP).mul(sign).mul(tw[t + 1])).intoArray(y, z + step);
            FloatVector u2 = e.sub(h);
            u2.mul(tw[t + 2])
                    .add(u2.rearrange(SWAP).mul(sign).mul(tw[t + 3]))
                    .intoArray(y, z + 2 * step);
            FloatVector u3 = g.sub(k);
            u3.mul(tw[t + 4])
                    .add(u3.rearrange(SWAP).mul(sign).mul(tw[t + 5]))
                    .intoArray(y, z + 3 * step);
        }
    }

    /// As [#pass3], radix 5.
    static void pass5(
            float[] x,
            int at,
            float[] y,
            int to,
            int step,
            int[] where,
            float[] tw,
            float[] signs,
            float scale) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int count = where.length;
        int x1 = at + count * L;
        int x2 = at + 2 * count * L;
        int x3 = at + 3 * count * L;
        int x4 = at + 4 * count * L;
        for (int v = 0; v < count; v++) {
            int p = v * L;
            int z = to + where[v];
            int t = v * 8;
            FloatVector a = FloatVector.fromArray(F, x, p + at).mul(scale);
            FloatVector b = FloatVector.fromArray(F, x, p + x1).mul(scale);
            FloatVector c = FloatVector.fromArray(F, x, p + x2).mul(scale);
            FloatVector d = FloatVector.fromArray(F, x, p + x3).mul(scale);
            FloatVector e = FloatVector.fromArray(F, x, p + x4).mul(scale);
            FloatVector be = b.add(e);
            FloatVector cd = c.add(d);
            FloatVector u = b.sub(e).rearrange(SWAP).mul(sign);
            FloatVector w = c.sub(d).rearrange(SWAP).mul(sign);
            a.add(be).add(cd).intoArray(y, z);
            FloatVector g = be.mul(COS_72).add(cd.mul(COS_144)).add(a);
            FloatVector h = u.mul(SIN_72).add(w.mul(SIN_144));
            FloatVector u1 = g.add(h);
            u1.mul(tw[t]).add(u1.rearrange(SWAP).mul(sign).mul(tw[t + 1])).intoArray(y, z + step);
            FloatVector u2 = g.sub(h);
            u2.mul(tw[t + 6])
                    .add(u2.rearrange(SWAP).mul(sign).mul(tw[t + 7]))
                    .intoArray(y, z + 4 * step);
            g = be.mul(COS_144).add(cd.mul(COS_72)).add(a);
            h = u.mul(SIN_144).sub(w.mul(SIN_72));
            FloatVector u3 = g.add(h);
            u3.mul(tw[t + 2])
                    .add(u3.rearrange(SWAP).mul(sign).mul(tw[t + 3]))
                    .intoArray(y, z + 2 * step);
            FloatVector u4 = g.sub(h);
            u4.mul(tw[t + 4])
                    .add(u4.rearrange(SWAP).mul(sign).mul(tw[t + 5]))
                    .intoArray(y, z + 3 * step);
        }
    }

    /// As [#pass3], radix 8.
    static void pass8(
            float[] x,
            int at,
            float[] y,
            int to,
            int step,
            int[] where,
            float[] tw,
            float[] signs) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int count = where.length;
        int x1 = at + count * L;
        int x2 = at + 2 * count * L;
        int x3 = at + 3 * count * L;
        int x4 = at + 4 * count * L;
        int x5 = at + 5 * count * L;
        int x6 = at + 6 * count * L;
        int x7 = at + 7 * count * L;
        for (int v = 0; v < count; v++) {
            int p = v * L;
            int z = to + where[v];
            int t = v * 14;
            FloatVector a = FloatVector.fromArray(F, x, p + at);
            FloatVector b = FloatVector.fromArray(F, x, p + x4);
            FloatVector c = FloatVector.fromArray(F, x, p + x2);
            FloatVector d = FloatVector.fromArray(F, x, p + x6);
            FloatVector e = a.add(b);
            FloatVector g = a.sub(b);
            FloatVector h = c.add(d);
            FloatVector k = c.sub(d).rearrange(SWAP).mul(sign);
            FloatVector e0 = e.add(h);
            FloatVector e1 = g.add(k);
            FloatVector e2 = e.sub(h);
            FloatVector e3 = g.sub(k);
            a = FloatVector.fromArray(F, x, p + x1);
            b = FloatVector.fromArray(F, x, p + x5);
            c = FloatVector.fromArray(F, x, p + x3);
            d = FloatVector.fromArray(F, x, p + x7);
            e = a.add(b);
            g = a.sub(b);
            h = c.add(d);
            k = c.sub(d).rearrange(SWAP).mul(sign);
            FloatVector o0 = e.add(h);
            FloatVector o1 = g.add(k);
            FloatVector o2 = e.sub(h).rearrange(SWAP).mul(sign);
            FloatVector o3 = g.sub(k);
            o1 = o1.rearrange(SWAP).fma(sign, o1).mul(SQRT_HALF);
            o3 = o3.rearrange(SWAP).mul(sign).sub(o3).mul(SQRT_HALF);
            e0.add(o0).intoArray(y, z);
            FloatVector u1 = e1.add(o1);
            u1.mul(tw[t]).add(u1.rearrange(SWAP).mul(sign).mul(tw[t + 1])).intoArray(y, z + step);
            FloatVector u2 = e2.add(o2);
            u2.mul(tw[t + 2])
                    .add(u2.rearrange(SWAP).mul(sign).mul(tw[t + 3]))
                    .intoArray(y, z + 2 * step);
            FloatVector u3 = e3.add(o3);
            u3.mul(tw[t + 4])
                    .add(u3.rearrange(SWAP).mul(sign).mul(tw[t + 5]))
                    .intoArray(y, z + 3 * step);
            FloatVector u4 = e0.sub(o0);
            u4.mul(tw[t + 6])
                    .add(u4.rearrange(SWAP).mul(sign).mul(tw[t + 7]))
                    .intoArray(y, z + 4 * step);
            FloatVector u5 = e1.sub(o1);
            u5.mul(tw[t + 8])
                    .add(u5.rearrange(SWAP).mul(sign).mul(tw[t + 9]))
                    .intoArray(y, z + 5 * step);
            FloatVector u6 = e2.sub(o2);
            u6.mul(tw[t + 10])
                    .add(u6.rearrange(SWAP).mul(sign).mul(tw[t + 11]))
                    .intoArray(y, z + 6 * step);
            FloatVector u7 = e3.sub(o3);
            u7.mul(tw[t + 12])
                    .add(u7.rearrange(SWAP).mul(sign).mul(tw[t + 13]))
                    .intoArray(y, z + 7 * step);
        }
    }

    /// The last pass, radix 4, which turns nothing: results times `scale`.
    static void last4(float[] x, int at, float[] y, int to, int count, float[] signs, float scale) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int apart = count * L;
        for (int v = 0; v < count; v++) {
            int p = v * L + at;
            int z = v * L + to;
            FloatVector a = FloatVector.fromArray(F, x, p).mul(scale);
            FloatVector b = FloatVector.fromArray(F, x, p + apart).mul(scale);
            FloatVector c = FloatVector.fromArray(F, x, p + 2 * apart).mul(scale);
            FloatVector d = FloatVector.fromArray(F, x, p + 3 * apart).mul(scale);
            FloatVector e = a.add(c);
            FloatVector g = a.sub(c);
            FloatVector h = b.add(d);
            FloatVector k = b.sub(d).rearrange(SWAP).mul(sign);
            e.add(h).intoArray(y, z);
            g.add(k).intoArray(y, z + apart);
            e.sub(h).intoArray(y, z + 2 * apart);
            g.sub(k).intoArray(y, z + 3 * apart);
        }
    }

    /// The last pass, radix 8.
    static void last8(float[] x, int at, float[] y, int to, int count, float[] signs, float scale) {
        FloatVector sign = FloatVector.fromArray(F, signs, 0);
        int apart = count * L;
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        int x3 = at + 3 * apart;
        int x4 = at + 4 * apart;
        int x5 = at + 5 * apart;
        int x6 = at + 6 * apart;
        int x7 = at + 7 * apart;
        int y1 = to + apart;
        int y2 = to + 2 * apart;
        int y3 = to + 3 * apart;
        int y4 = to + 4 * apart;
        int y5 = to + 5 * apart;
        int y6 = to + 6 * apart;
        int y7 = to + 7 * apart;
        FloatVector half = FloatVector.broadcast(F, SQRT_HALF);
        for (int v = 0; v < count; v++) {
            int p = v * L;
            FloatVector a = FloatVector.fromArray(F, x, p + at);
            FloatVector b = FloatVector.fromArray(F, x, p + x4);
            FloatVector c = FloatVector.fromArray(F, x, p + x2);
            FloatVector d = FloatVector.fromArray(F, x, p + x6);
            FloatVector e = a.add(b);
            FloatVector g = a.sub(b);
            FloatVector h = c.add(d);
            FloatVector k = c.sub(d).rearrange(SWAP).mul(sign);
            FloatVector e0 = e.add(h).mul(scale);
            FloatVector e1 = g.add(k).mul(scale);
            FloatVector e2 = e.sub(h).mul(scale);
            FloatVector e3 = g.sub(k).mul(scale);
            a = FloatVector.fromArray(F, x, p + x1).mul(scale);
            b = FloatVector.fromArray(F, x, p + x5).mul(scale);
            c = FloatVector.fromArray(F, x, p + x3).mul(scale);
            d = FloatVector.fromArray(F, x, p + x7).mul(scale);
            e = a.add(b);
            g = a.sub(b);
            h = c.add(d);
            k = c.sub(d).rearrange(SWAP).mul(sign);
            FloatVector o0 = e.add(h);
            FloatVector o1 = g.add(k);
            FloatVector o2 = e.sub(h).rearrange(SWAP).mul(sign);
            FloatVector o3 = g.sub(k);
            o1 = o1.rearrange(SWAP).fma(sign, o1).mul(half);
            o3 = o3.rearrange(SWAP).mul(sign).sub(o3).mul(half);
            e0.add(o0).intoArray(y, p + to);
            e0.sub(o0).intoArray(y, p + y4);
            e1.add(o1).intoArray(y, p + y1);
            e1.sub(o1).intoArray(y, p + y5);
            e2.add(o2).intoArray(y, p + y2);
            e2.sub(o2).intoArray(y, p + y6);
            e3.add(o3).intoArray(y, p + y3);
            e3.sub(o3).intoArray(y, p + y7);
        }
    }
}
