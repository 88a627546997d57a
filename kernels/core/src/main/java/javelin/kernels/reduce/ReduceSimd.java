package javelin.kernels.reduce;

import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;

/// Sums with the Vector API: the JIT does not reorder a floating-point sum, so a plain loop runs at
/// one addition per delay.
final class ReduceSimd {
    private static final int L = SpeciesSimd.LANES;
    private static final int RUN = 512; // vectors per lane sum before it goes into 64 bits

    private ReduceSimd() {}

    /// Sum of `n` neighbours: four vectors of partial sums, added up in 64 bits now and then.
    static double sum(float[] x, int at, int n) {
        double total = 0;
        int i = 0;
        while (i + 4 * L <= n) {
            int end = Math.min(n - 4 * L, i + 4 * L * (RUN - 1));
            FloatVector a = FloatVector.zero(SpeciesSimd.FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            for (; i <= end; i += 4 * L) {
                a = a.add(FloatVector.fromArray(SpeciesSimd.FLOATS, x, at + i));
                b = b.add(FloatVector.fromArray(SpeciesSimd.FLOATS, x, at + i + L));
                c = c.add(FloatVector.fromArray(SpeciesSimd.FLOATS, x, at + i + 2 * L));
                d = d.add(FloatVector.fromArray(SpeciesSimd.FLOATS, x, at + i + 3 * L));
            }
            a = a.add(b).add(c.add(d));
            if (L > 8) {
                a = a.add(a.rearrange(SpeciesSimd.BY_8));
            }
            if (L > 4) {
                a = a.add(a.rearrange(SpeciesSimd.BY_4));
            }
            a = a.add(a.rearrange(SpeciesSimd.BY_2));
            total += a.add(a.rearrange(SpeciesSimd.BY_1)).lane(0);
        }
        for (; i < n; i++) {
            total += x[at + i];
        }
        return total;
    }
}
