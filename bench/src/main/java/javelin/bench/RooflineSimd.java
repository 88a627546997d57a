package javelin.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Loops that do nothing but reach one limit of the processor.
final class RooflineSimd {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;

    private RooflineSimd() {}

    /// Operations of one step of [#multiplyAdd]: two per lane and chain.
    static double flopsPerStep() {
        return 2.0 * CHAINS * F.length();
    }

    /// Twelve independent chains of fused multiply-adds in registers: enough to hide a latency of
    /// four cycles on three units.
    static float multiplyAdd(int steps, float factor) {
        FloatVector m = FloatVector.broadcast(F, factor);
        FloatVector a = m, b = m, c = m, d = m, e = m, f = m;
        FloatVector g = m, h = m, i = m, j = m, k = m, l = m;
        for (int s = 0; s < steps; s++) {
            a = a.fma(m, m);
            b = b.fma(m, m);
            c = c.fma(m, m);
            d = d.fma(m, m);
            e = e.fma(m, m);
            f = f.fma(m, m);
            g = g.fma(m, m);
            h = h.fma(m, m);
            i = i.fma(m, m);
            j = j.fma(m, m);
            k = k.fma(m, m);
            l = l.fma(m, m);
        }
        FloatVector left = a.add(b).add(c).add(d).add(e).add(f);
        return left.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
    }

    /// `z = x + factor·y` on elements `from … to−1`: two reads and one write per element.
    static void triad(float[] x, float[] y, float[] z, int from, int to, float factor) {
        FloatVector m = FloatVector.broadcast(F, factor);
        int i = from;
        for (; i <= to - F.length(); i += F.length()) {
            FloatVector xs = FloatVector.fromArray(F, x, i);
            FloatVector.fromArray(F, y, i).fma(m, xs).intoArray(z, i);
        }
        for (; i < to; i++) {
            z[i] = Math.fma(factor, y[i], x[i]);
        }
    }
}
