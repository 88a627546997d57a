package javelin.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies of short pieces, the taps of a few channels: a call of `System.arraycopy` takes longer
/// than they do.
public final class CopySimd {
    /// Elements behind a copied piece that may be overwritten.
    public static final int GAP = 16;

    private static final VectorSpecies<Float> F = SpeciesSimd.FLOATS;
    private static final int L = SpeciesSimd.LANES;

    /// Longer pieces are left to `System.arraycopy`.
    private static final int SHORT = 32;

    private CopySimd() {}

    /// Copies `n` elements; up to [#GAP] elements behind them get any content.
    public static void run(float[] x, int from, float[] y, int to, int n) {
        if (n > SHORT || from > x.length - SHORT || to > y.length - SHORT) {
            System.arraycopy(x, from, y, to, n);
            return;
        }
        for (int j = 0; j < n; j += L) {
            FloatVector.fromArray(F, x, from + j).intoArray(y, to + j);
        }
    }

    /// Copies pieces of `n` elements, that begin `offset` after `rows[i]` to `rows[i + count − 1]`,
    /// to `y[to]` and further on, `step` apart; up to [#GAP] elements behind each get any content.
    public static void pieces(
            float[] x,
            int[] rows,
            int i,
            int count,
            int offset,
            int n,
            float[] y,
            int to,
            int step) {
        int last = n > SHORT ? -1 : x.length - SHORT;
        for (int r = 0; r < count; r++) {
            int from = rows[i + r] + offset;
            int at = to + r * step;
            if (from > last) {
                System.arraycopy(x, from, y, at, n);
                continue;
            }
            for (int j = 0; j < n; j += L) {
                FloatVector.fromArray(F, x, from + j).intoArray(y, at + j);
            }
        }
    }
}
