package javelin.kernels.fft;

import static javelin.kernels.fft.LanesSimd.F;
import static javelin.kernels.fft.LanesSimd.L;

import jdk.incubator.vector.FloatVector;

import java.lang.invoke.VarHandle;

/// Pease's passes, see [PeaseTables]. A complex vector is a vector of real parts and, right behind
/// it, one of imaginary parts. Each pass is one loop whose indices are linear in its counter: then
/// the JIT checks ranges before the loop, and not in it.
///
/// A fence between groups of loads keeps the JIT from taking all of them first, for which there are
/// not enough registers.
final class PeaseSimd {
    /// Elements of a complex vector.
    static final int PAIR = 2 * L;

    private static final float COS_60 = -0.5f;
    private static final float SIN_60 = (float) Math.sqrt(0.75);
    private static final float COS_72 = (float) Roots.cos(1, 5);
    private static final float COS_144 = (float) Roots.cos(2, 5);
    private static final float SIN_72 = (float) Roots.sin(1, 5);
    private static final float SIN_144 = (float) Roots.sin(2, 5);

    private PeaseSimd() {}

    /// A pass over `count` butterflies of radix `r`; input and output must not overlap.
    static void pass(int r, float[] x, int at, float[] y, int to, int count, float[] tw) {
        switch (r) {
            case 2 -> pass2(x, at, y, to, count, tw);
            case 3 -> pass3(x, at, y, to, count, tw);
            case 4 -> pass4(x, at, y, to, count, tw);
            case 5 -> pass5(x, at, y, to, count, tw);
            default -> PeaseOddSimd.pass(r, x, at, y, to, count, tw);
        }
    }

    private static void pass2(float[] x, int at, float[] y, int to, int count, float[] tw) {
        int apart = count * PAIR;
        int x1 = at + apart;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int z = v * 2 * PAIR + to;
            int t = v * 2;
            FloatVector ar = FloatVector.fromArray(F, x, p + at);
            FloatVector ai = FloatVector.fromArray(F, x, p + at + L);
            FloatVector br = FloatVector.fromArray(F, x, p + x1);
            FloatVector bi = FloatVector.fromArray(F, x, p + x1 + L);
            ar.add(br).intoArray(y, z);
            ai.add(bi).intoArray(y, z + L);
            FloatVector u1 = ar.sub(br);
            FloatVector v1 = ai.sub(bi);
            FloatVector c1 = FloatVector.broadcast(F, tw[t]);
            FloatVector s1 = FloatVector.broadcast(F, tw[t + 1]);
            u1.mul(c1).sub(v1.mul(s1)).intoArray(y, z + PAIR);
            u1.fma(s1, v1.mul(c1)).intoArray(y, z + PAIR + L);
        }
    }

    private static void pass3(float[] x, int at, float[] y, int to, int count, float[] tw) {
        int apart = count * PAIR;
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int z = v * 3 * PAIR + to;
            int t = v * 4;
            FloatVector br = FloatVector.fromArray(F, x, p + x1);
            FloatVector bi = FloatVector.fromArray(F, x, p + x1 + L);
            FloatVector cr = FloatVector.fromArray(F, x, p + x2);
            FloatVector ci = FloatVector.fromArray(F, x, p + x2 + L);
            FloatVector er = br.add(cr);
            FloatVector ei = bi.add(ci);
            FloatVector hr = bi.sub(ci).mul(SIN_60);
            FloatVector hi = cr.sub(br).mul(SIN_60);
            VarHandle.loadLoadFence();
            FloatVector ar = FloatVector.fromArray(F, x, p + at);
            FloatVector ai = FloatVector.fromArray(F, x, p + at + L);
            FloatVector gr = er.mul(COS_60).add(ar);
            FloatVector gi = ei.mul(COS_60).add(ai);
            ar.add(er).intoArray(y, z);
            ai.add(ei).intoArray(y, z + L);
            FloatVector u1 = gr.add(hr);
            FloatVector v1 = gi.add(hi);
            FloatVector c1 = FloatVector.broadcast(F, tw[t]);
            FloatVector s1 = FloatVector.broadcast(F, tw[t + 1]);
            u1.mul(c1).sub(v1.mul(s1)).intoArray(y, z + PAIR);
            u1.fma(s1, v1.mul(c1)).intoArray(y, z + PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u2 = gr.sub(hr);
            FloatVector v2 = gi.sub(hi);
            FloatVector c2 = FloatVector.broadcast(F, tw[t + 2]);
            FloatVector s2 = FloatVector.broadcast(F, tw[t + 3]);
            u2.mul(c2).sub(v2.mul(s2)).intoArray(y, z + 2 * PAIR);
            u2.fma(s2, v2.mul(c2)).intoArray(y, z + 2 * PAIR + L);
        }
    }

    private static void pass4(float[] x, int at, float[] y, int to, int count, float[] tw) {
        int apart = count * PAIR;
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        int x3 = at + 3 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int z = v * 4 * PAIR + to;
            int t = v * 8;
            FloatVector ar = FloatVector.fromArray(F, x, p + at);
            FloatVector ai = FloatVector.fromArray(F, x, p + at + L);
            FloatVector cr = FloatVector.fromArray(F, x, p + x2);
            FloatVector ci = FloatVector.fromArray(F, x, p + x2 + L);
            FloatVector er = ar.add(cr);
            FloatVector ei = ai.add(ci);
            FloatVector gr = ar.sub(cr);
            FloatVector gi = ai.sub(ci);
            VarHandle.loadLoadFence();
            FloatVector br = FloatVector.fromArray(F, x, p + x1);
            FloatVector bi = FloatVector.fromArray(F, x, p + x1 + L);
            FloatVector dr = FloatVector.fromArray(F, x, p + x3);
            FloatVector di = FloatVector.fromArray(F, x, p + x3 + L);
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

    private static void pass5(float[] x, int at, float[] y, int to, int count, float[] tw) {
        int apart = count * PAIR;
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        int x3 = at + 3 * apart;
        int x4 = at + 4 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int z = v * 5 * PAIR + to;
            int t = v * 8;
            FloatVector br = FloatVector.fromArray(F, x, p + x1);
            FloatVector bi = FloatVector.fromArray(F, x, p + x1 + L);
            FloatVector er = FloatVector.fromArray(F, x, p + x4);
            FloatVector ei = FloatVector.fromArray(F, x, p + x4 + L);
            FloatVector pr = br.add(er);
            FloatVector pi = bi.add(ei);
            FloatVector qr = bi.sub(ei);
            FloatVector qi = er.sub(br);
            VarHandle.loadLoadFence();
            FloatVector cr = FloatVector.fromArray(F, x, p + x2);
            FloatVector ci = FloatVector.fromArray(F, x, p + x2 + L);
            FloatVector dr = FloatVector.fromArray(F, x, p + x3);
            FloatVector di = FloatVector.fromArray(F, x, p + x3 + L);
            FloatVector or = cr.add(dr);
            FloatVector oi = ci.add(di);
            FloatVector wr = ci.sub(di);
            FloatVector wi = dr.sub(cr);
            VarHandle.loadLoadFence();
            FloatVector ar = FloatVector.fromArray(F, x, p + at);
            FloatVector ai = FloatVector.fromArray(F, x, p + at + L);
            ar.add(pr).add(or).intoArray(y, z);
            ai.add(pi).add(oi).intoArray(y, z + L);
            FloatVector fr = pr.mul(COS_72).add(or.mul(COS_144)).add(ar);
            FloatVector fi = pi.mul(COS_72).add(oi.mul(COS_144)).add(ai);
            FloatVector hr = qr.mul(SIN_72).add(wr.mul(SIN_144));
            FloatVector hi = qi.mul(SIN_72).add(wi.mul(SIN_144));
            VarHandle.loadLoadFence();
            FloatVector u1 = fr.add(hr);
            FloatVector v1 = fi.add(hi);
            FloatVector c1 = FloatVector.broadcast(F, tw[t]);
            FloatVector s1 = FloatVector.broadcast(F, tw[t + 1]);
            u1.mul(c1).sub(v1.mul(s1)).intoArray(y, z + PAIR);
            u1.fma(s1, v1.mul(c1)).intoArray(y, z + PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u4 = fr.sub(hr);
            FloatVector v4 = fi.sub(hi);
            FloatVector c4 = FloatVector.broadcast(F, tw[t + 6]);
            FloatVector s4 = FloatVector.broadcast(F, tw[t + 7]);
            u4.mul(c4).sub(v4.mul(s4)).intoArray(y, z + 4 * PAIR);
            u4.fma(s4, v4.mul(c4)).intoArray(y, z + 4 * PAIR + L);
            FloatVector gr = pr.mul(COS_144).add(or.mul(COS_72)).add(ar);
            FloatVector gi = pi.mul(COS_144).add(oi.mul(COS_72)).add(ai);
            FloatVector kr = qr.mul(SIN_144).sub(wr.mul(SIN_72));
            FloatVector ki = qi.mul(SIN_144).sub(wi.mul(SIN_72));
            VarHandle.loadLoadFence();
            FloatVector u2 = gr.add(kr);
            FloatVector v2 = gi.add(ki);
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

    /// A last pass of radix 4 whose results are turned one by one: `tw` holds complex vectors in
    /// the order of the output.
    static void turned4(float[] x, int at, float[] y, int to, int count, float[] tw) {
        int apart = count * PAIR;
        int x1 = at + apart;
        int x2 = at + 2 * apart;
        int x3 = at + 3 * apart;
        for (int v = 0; v < count; v++) {
            int p = v * PAIR;
            int t = v * 4 * PAIR;
            int z = t + to;
            FloatVector ar = FloatVector.fromArray(F, x, p + at);
            FloatVector ai = FloatVector.fromArray(F, x, p + at + L);
            FloatVector cr = FloatVector.fromArray(F, x, p + x2);
            FloatVector ci = FloatVector.fromArray(F, x, p + x2 + L);
            FloatVector er = ar.add(cr);
            FloatVector ei = ai.add(ci);
            FloatVector gr = ar.sub(cr);
            FloatVector gi = ai.sub(ci);
            VarHandle.loadLoadFence();
            FloatVector br = FloatVector.fromArray(F, x, p + x1);
            FloatVector bi = FloatVector.fromArray(F, x, p + x1 + L);
            FloatVector dr = FloatVector.fromArray(F, x, p + x3);
            FloatVector di = FloatVector.fromArray(F, x, p + x3 + L);
            FloatVector hr = br.add(dr);
            FloatVector hi = bi.add(di);
            FloatVector kr = bi.sub(di);
            FloatVector ki = dr.sub(br);
            FloatVector u0 = er.add(hr);
            FloatVector v0 = ei.add(hi);
            FloatVector c0 = FloatVector.fromArray(F, tw, t);
            FloatVector s0 = FloatVector.fromArray(F, tw, t + L);
            u0.mul(c0).sub(v0.mul(s0)).intoArray(y, z);
            u0.fma(s0, v0.mul(c0)).intoArray(y, z + L);
            VarHandle.loadLoadFence();
            FloatVector u1 = gr.add(kr);
            FloatVector v1 = gi.add(ki);
            FloatVector c1 = FloatVector.fromArray(F, tw, t + PAIR);
            FloatVector s1 = FloatVector.fromArray(F, tw, t + PAIR + L);
            u1.mul(c1).sub(v1.mul(s1)).intoArray(y, z + PAIR);
            u1.fma(s1, v1.mul(c1)).intoArray(y, z + PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u2 = er.sub(hr);
            FloatVector v2 = ei.sub(hi);
            FloatVector c2 = FloatVector.fromArray(F, tw, t + 2 * PAIR);
            FloatVector s2 = FloatVector.fromArray(F, tw, t + 2 * PAIR + L);
            u2.mul(c2).sub(v2.mul(s2)).intoArray(y, z + 2 * PAIR);
            u2.fma(s2, v2.mul(c2)).intoArray(y, z + 2 * PAIR + L);
            VarHandle.loadLoadFence();
            FloatVector u3 = gr.sub(kr);
            FloatVector v3 = gi.sub(ki);
            FloatVector c3 = FloatVector.fromArray(F, tw, t + 3 * PAIR);
            FloatVector s3 = FloatVector.fromArray(F, tw, t + 3 * PAIR + L);
            u3.mul(c3).sub(v3.mul(s3)).intoArray(y, z + 3 * PAIR);
            u3.fma(s3, v3.mul(c3)).intoArray(y, z + 3 * PAIR + L);
        }
    }

    /// Turns `count` complex vectors in place by those of `tw`.
    static void turn(float[] x, int at, int count, float[] tw) {
        for (int v = 0; v < count; v++) {
            int a = at + v * PAIR;
            int t = v * PAIR;
            FloatVector re = FloatVector.fromArray(F, x, a);
            FloatVector im = FloatVector.fromArray(F, x, a + L);
            FloatVector c = FloatVector.fromArray(F, tw, t);
            FloatVector s = FloatVector.fromArray(F, tw, t + L);
            re.mul(c).sub(im.mul(s)).intoArray(x, a);
            re.fma(s, im.mul(c)).intoArray(x, a + L);
        }
    }
}
