package javelin.kernels.fft;

/// Transforms of pairs in 32 bits along the columns of matrices `[n, inner]`, some columns at a
/// time. Immutable; memory is the caller's.
final class PeaseColumns {
    /// Vectors that fit the first-level cache twice.
    private static final int VECTORS = 256;

    private static final int L = LanesSimd.L;
    private static final int PAIR = PeaseSimd.PAIR;

    private final int n;
    private final int width;
    private final int row;
    private final PeaseTables tables;
    private final float[] rowTurns;
    private final boolean reads;
    private final boolean writes;
    private final int[] frequencies;
    private final int[] places;
    private final float scale;

    /// @param n length with small prime factors, at least 2
    /// @param inner columns of the matrix
    PeaseColumns(int n, int inner, double scale) {
        this.n = n;
        this.scale = (float) scale;
        row = 2 * inner;
        width = Math.clamp(VECTORS / n, 1, Math.clamp(inner / L, 1, 4));
        int[] radices = Factors.forColumns(n);
        tables = new PeaseTables(n, width, radices);
        reads = radices[0] == 4 && radices.length > 1;
        writes = tables.last() == 4;
        rowTurns = reads ? tables.rowTurns() : new float[0];
        frequencies = tables.frequencies();
        int[] before = writes ? tables.frequenciesBeforeLast() : frequencies;
        places = new int[before.length * width];
        for (int v = 0; v < places.length; v++) {
            places[v] = v / before.length * PAIR + before[v % before.length] * row;
        }
    }

    /// Columns that [#run] transforms at most.
    int columns() {
        return width * L;
    }

    /// Elements of scratch memory.
    int scratch() {
        return 2 * tables.vectors() * PAIR;
    }

    /// Transforms `count` columns, from `x[at]` on, to `y[to]` on; they may be the same memory.
    void run(
            float[] x,
            int at,
            float[] y,
            int to,
            int count,
            boolean inverse,
            float[] free,
            int rest) {
        int re = at + (inverse ? 1 : 0);
        int im = at + (inverse ? 0 : 1);
        int here = rest;
        int there = rest + tables.vectors() * PAIR;
        boolean full = count == columns();
        int pass = 0;
        if (reads && full) {
            int apart = n / 4 * row;
            int out = width * 4 * PAIR;
            PeasePairsSimd.first4(
                    x, re, im, apart, width, PAIR, 4 * PAIR, n / 4, row, out, free, here, rowTurns);
            pass = 1;
        } else {
            for (int i = 0; i < n; i++) {
                PeasePairsSimd.load(
                        x, re + i * row, im + i * row, count, free, here + i * width * PAIR);
            }
        }
        boolean last = writes && full;
        for (; pass < tables.passes() - (last ? 1 : 0); pass++) {
            int r = tables.radix(pass);
            PeaseSimd.pass(r, free, here, free, there, tables.vectors() / r, tables.turns(pass));
            int t = here;
            here = there;
            there = t;
        }
        if (last) {
            int apart = n / 4 * row;
            PeasePairsSimd.last4(
                    free, here, tables.vectors() / 4, places, y, to, apart, inverse, scale);
        } else if (full) {
            PeasePairsSimd.store(free, here, tables.vectors(), places, y, to, inverse, scale);
        } else {
            store(free, here, y, to, count, inverse);
        }
    }

    /// Row by row, of the last vector only what belongs to the `count` columns.
    private void store(float[] x, int at, float[] y, int to, int count, boolean inverse) {
        for (int v = 0; v < Math.ceilDiv(count, L) * n; v++) {
            int column = v / n * L;
            int z = to + 2 * column + frequencies[v % n] * row;
            int some = Math.min(L, count - column);
            LanesSimd.storeSome(x, at + v * PAIR, some, y, z, inverse, scale);
        }
    }
}
