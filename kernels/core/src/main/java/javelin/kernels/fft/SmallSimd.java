package javelin.kernels.fft;

import static javelin.kernels.fft.LanesSimd.F;
import static javelin.kernels.fft.LanesSimd.L;
import static javelin.kernels.fft.LanesSimd.SWAP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Transforms of 16 and 32 pairs, mostly within registers, four pairs to a vector of eight lanes.
/// Immutable.
///
/// The pairs are a matrix of four rows: its columns are transformed, every element is turned, the
/// matrix transposed, and the columns of that are transformed.
final class SmallSimd implements Single {
    private static final VectorShuffle<Float> HALF = VectorShuffle.fromOp(F, i -> (i + L / 2) % L);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(F, i -> (i ^ 2) % L);
    private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(F, 0xF0 & (1L << L) - 1);
    private static final VectorMask<Float> UPPER_2 = VectorMask.fromLong(F, 0xCC & (1L << L) - 1);

    private final int n;
    private final float scale;
    private final float[] forward;
    private final float[] backward;

    /// Transforms of length 16 or 32, times `scale`.
    SmallSimd(int n, double scale) {
        this.n = n;
        this.scale = (float) scale;
        forward = turns(n, 1);
        backward = turns(n, -1);
    }

    /// Whether there is such a transform.
    static boolean has(int n) {
        return L == 8 && (n == 16 || n == 32);
    }

    /// Signs that make `−i·z` (or `i·z` for the inverse) of exchanged parts, then for rows 1 to 3
    /// cosines and signed sines.
    private static float[] turns(int n, int sign) {
        float[] turns = new float[8 + 3 * n];
        for (int i = 0; i < 8; i++) {
            turns[i] = i % 2 == 0 ? sign : -sign;
        }
        for (int k = 1; k < 4; k++) {
            for (int c = 0; c < n / 4; c++) {
                for (int part = 0; part < 2; part++) {
                    int at = 8 + (k - 1) * n + c / 4 * 16 + 2 * (c % 4) + part;
                    double sine = sign * Roots.sin((long) k * c, n);
                    turns[at] = (float) Roots.cos((long) k * c, n);
                    turns[at + 8] = (float) (part == 0 ? sine : -sine);
                }
            }
        }
        return turns;
    }

    @Override
    public int scratch() {
        return n == 16 ? 0 : 2 * n;
    }

    @Override
    public void run(float[] x, int at, float[] y, int to, boolean inverse, float[] free, int rest) {
        float[] turns = inverse ? backward : forward;
        if (n == 16) {
            run16(x, at, y, to, turns, scale);
        } else {
            columns(x, at, free, rest, turns, 8);
            columns(x, at + 8, free, rest + 32, turns, 24);
            eight(free, rest, y, to, turns, scale);
        }
    }

    private static void run16(float[] x, int at, float[] y, int to, float[] tw, float scale) {
        FloatVector sign = FloatVector.fromArray(F, tw, 0);
        FloatVector a = FloatVector.fromArray(F, x, at);
        FloatVector b = FloatVector.fromArray(F, x, at + 8);
        FloatVector c = FloatVector.fromArray(F, x, at + 16);
        FloatVector d = FloatVector.fromArray(F, x, at + 24);
        FloatVector e = a.add(c);
        FloatVector g = a.sub(c);
        FloatVector h = b.add(d);
        FloatVector k = b.sub(d).rearrange(SWAP).mul(sign);
        FloatVector r0 = e.add(h);
        FloatVector u1 = g.add(k);
        FloatVector r1 =
                u1.fma(
                        FloatVector.fromArray(F, tw, 8),
                        u1.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, 8 + 8)));
        FloatVector u2 = e.sub(h);
        FloatVector r2 =
                u2.fma(
                        FloatVector.fromArray(F, tw, 24),
                        u2.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, 24 + 8)));
        FloatVector u3 = g.sub(k);
        FloatVector r3 =
                u3.fma(
                        FloatVector.fromArray(F, tw, 40),
                        u3.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, 40 + 8)));
        FloatVector p0 = r0.blend(r2.rearrange(HALF), UPPER_4);
        FloatVector p2 = r0.rearrange(HALF).blend(r2, UPPER_4);
        FloatVector p1 = r1.blend(r3.rearrange(HALF), UPPER_4);
        FloatVector p3 = r1.rearrange(HALF).blend(r3, UPPER_4);
        FloatVector q0 = p0.blend(p1.rearrange(BY_2), UPPER_2);
        FloatVector q1 = p0.rearrange(BY_2).blend(p1, UPPER_2);
        FloatVector q2 = p2.blend(p3.rearrange(BY_2), UPPER_2);
        FloatVector q3 = p2.rearrange(BY_2).blend(p3, UPPER_2);
        FloatVector s = q0.add(q2).mul(scale);
        FloatVector t = q0.sub(q2).mul(scale);
        FloatVector w = q1.add(q3).mul(scale);
        FloatVector v = q1.sub(q3).rearrange(SWAP).mul(sign.mul(scale));
        s.add(w).intoArray(y, to);
        t.add(v).intoArray(y, to + 8);
        s.sub(w).intoArray(y, to + 16);
        t.sub(v).intoArray(y, to + 24);
    }

    /// The transposed matrix of four columns of rows of eight pairs: transformed, turned, and as
    /// four rows of four pairs in `y`.
    ///
    /// @param t where the roots of the first row are
    private static void columns(float[] x, int at, float[] y, int to, float[] tw, int t) {
        FloatVector sign = FloatVector.fromArray(F, tw, 0);
        FloatVector a = FloatVector.fromArray(F, x, at);
        FloatVector b = FloatVector.fromArray(F, x, at + 16);
        FloatVector c = FloatVector.fromArray(F, x, at + 32);
        FloatVector d = FloatVector.fromArray(F, x, at + 48);
        FloatVector e = a.add(c);
        FloatVector g = a.sub(c);
        FloatVector h = b.add(d);
        FloatVector k = b.sub(d).rearrange(SWAP).mul(sign);
        FloatVector r0 = e.add(h);
        FloatVector u1 = g.add(k);
        FloatVector r1 =
                u1.fma(
                        FloatVector.fromArray(F, tw, t),
                        u1.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 8)));
        FloatVector u2 = e.sub(h);
        FloatVector r2 =
                u2.fma(
                        FloatVector.fromArray(F, tw, t + 32),
                        u2.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 32 + 8)));
        FloatVector u3 = g.sub(k);
        FloatVector r3 =
                u3.fma(
                        FloatVector.fromArray(F, tw, t + 64),
                        u3.rearrange(SWAP).mul(FloatVector.fromArray(F, tw, t + 64 + 8)));
        FloatVector p0 = r0.blend(r2.rearrange(HALF), UPPER_4);
        FloatVector p2 = r0.rearrange(HALF).blend(r2, UPPER_4);
        FloatVector p1 = r1.blend(r3.rearrange(HALF), UPPER_4);
        FloatVector p3 = r1.rearrange(HALF).blend(r3, UPPER_4);
        p0.blend(p1.rearrange(BY_2), UPPER_2).intoArray(y, to);
        p0.rearrange(BY_2).blend(p1, UPPER_2).intoArray(y, to + 8);
        p2.blend(p3.rearrange(BY_2), UPPER_2).intoArray(y, to + 16);
        p2.rearrange(BY_2).blend(p3, UPPER_2).intoArray(y, to + 24);
    }

    /// Transforms of columns of eight pairs, as four even and four odd rows.
    private static void eight(float[] x, int at, float[] y, int to, float[] tw, float scale) {
        FloatVector sign = FloatVector.fromArray(F, tw, 0);
        FloatVector q0 = FloatVector.fromArray(F, x, at).mul(scale);
        FloatVector q4 = FloatVector.fromArray(F, x, at + 32).mul(scale);
        FloatVector q2 = FloatVector.fromArray(F, x, at + 16).mul(scale);
        FloatVector q6 = FloatVector.fromArray(F, x, at + 48).mul(scale);
        FloatVector e = q0.add(q4);
        FloatVector g = q0.sub(q4);
        FloatVector h = q2.add(q6);
        FloatVector k = q2.sub(q6).rearrange(SWAP).mul(sign);
        FloatVector q1 = FloatVector.fromArray(F, x, at + 8).mul(scale);
        FloatVector q5 = FloatVector.fromArray(F, x, at + 40).mul(scale);
        FloatVector q3 = FloatVector.fromArray(F, x, at + 24).mul(scale);
        FloatVector q7 = FloatVector.fromArray(F, x, at + 56).mul(scale);
        FloatVector o = q1.add(q5);
        FloatVector r = q1.sub(q5);
        FloatVector s = q3.add(q7);
        FloatVector t = q3.sub(q7).rearrange(SWAP).mul(sign);
        FloatVector root = FloatVector.broadcast(F, (float) Math.sqrt(0.5));
        FloatVector o1 = r.add(t);
        FloatVector o2 = o.sub(s).rearrange(SWAP).mul(sign);
        FloatVector o3 = r.sub(t);
        o1 = o1.rearrange(SWAP).fma(sign, o1).mul(root);
        o3 = o3.rearrange(SWAP).mul(sign).sub(o3).mul(root);
        e.add(h).add(o.add(s)).intoArray(y, to);
        g.add(k).add(o1).intoArray(y, to + 8);
        e.sub(h).add(o2).intoArray(y, to + 16);
        g.sub(k).add(o3).intoArray(y, to + 24);
        e.add(h).sub(o.add(s)).intoArray(y, to + 32);
        g.add(k).sub(o1).intoArray(y, to + 40);
        e.sub(h).sub(o2).intoArray(y, to + 48);
        g.sub(k).sub(o3).intoArray(y, to + 56);
    }
}
