package javelin.kernels.fft;

import static javelin.kernels.fft.LanesSimd.F;
import static javelin.kernels.fft.LanesSimd.L;

import jdk.incubator.vector.FloatVector;

/// The pass of any odd radix, for [PeaseSimd].
final class PeaseOddSimd {
    private static final float[][] COS = new float[Factors.LARGEST_PRIME + 1][];
    private static final float[][] SIN = new float[Factors.LARGEST_PRIME + 1][];

    static {
        for (int r = 3; r < COS.length; r += 2) {
            COS[r] = new float[r];
            SIN[r] = new float[r];
            for (int k = 0; k < r; k++) {
                COS[r][k] = (float) Roots.cos(k, r);
                SIN[r][k] = (float) Roots.sin(k, r);
            }
        }
    }

    private PeaseOddSimd() {}

    /// Inputs `j` and `r − j` are taken together, and so are outputs `k` and `r − k`; inputs are
    /// read again for each of them.
    static void pass(int r, float[] x, int at, float[] y, int to, int count, float[] tw) {
        int apart = count * PeaseSimd.PAIR;
        int entry = PeaseTables.entry(r);
        for (int v = 0; v < count; v++) {
            int a = at + v * PeaseSimd.PAIR;
            int z = to + v * r * PeaseSimd.PAIR;
            int t = v * entry;
            sum(r, x, a, apart, y, z);
            sum(r, x, a + L, apart, y, z + L);
            for (int k = 1; 2 * k < r; k++) {
                FloatVector er = FloatVector.fromArray(F, x, a);
                FloatVector ei = FloatVector.fromArray(F, x, a + L);
                FloatVector or = FloatVector.zero(F);
                FloatVector oi = or;
                for (int j = 1; 2 * j < r; j++) {
                    int b = a + j * apart;
                    int d = a + (r - j) * apart;
                    float cos = COS[r][j * k % r];
                    float sin = SIN[r][j * k % r];
                    FloatVector br = FloatVector.fromArray(F, x, b);
                    FloatVector bi = FloatVector.fromArray(F, x, b + L);
                    FloatVector dr = FloatVector.fromArray(F, x, d);
                    FloatVector di = FloatVector.fromArray(F, x, d + L);
                    FloatVector c = FloatVector.broadcast(F, cos);
                    FloatVector s = FloatVector.broadcast(F, sin);
                    er = br.add(dr).fma(c, er);
                    ei = bi.add(di).fma(c, ei);
                    or = bi.sub(di).fma(s, or);
                    oi = dr.sub(br).fma(s, oi);
                }
                FloatVector u = er.add(or);
                FloatVector w = ei.add(oi);
                FloatVector c = FloatVector.broadcast(F, tw[t + 2 * k - 2]);
                FloatVector s = FloatVector.broadcast(F, tw[t + 2 * k - 1]);
                int to1 = z + k * PeaseSimd.PAIR;
                u.mul(c).sub(w.mul(s)).intoArray(y, to1);
                u.fma(s, w.mul(c)).intoArray(y, to1 + L);
                u = er.sub(or);
                w = ei.sub(oi);
                c = FloatVector.broadcast(F, tw[t + 2 * (r - k) - 2]);
                s = FloatVector.broadcast(F, tw[t + 2 * (r - k) - 1]);
                int to2 = z + (r - k) * PeaseSimd.PAIR;
                u.mul(c).sub(w.mul(s)).intoArray(y, to2);
                u.fma(s, w.mul(c)).intoArray(y, to2 + L);
            }
        }
    }

    private static void sum(int r, float[] x, int at, int apart, float[] y, int to) {
        FloatVector sum = FloatVector.fromArray(F, x, at);
        for (int j = 1; j < r; j++) {
            sum = sum.add(FloatVector.fromArray(F, x, at + j * apart));
        }
        sum.intoArray(y, to);
    }
}
