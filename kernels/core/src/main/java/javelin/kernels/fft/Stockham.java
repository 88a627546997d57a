package javelin.kernels.fft;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One transform of pairs in 32 bits by Stockham's passes: each reads its rows one behind the other
/// and writes its results so that the last ones stand in their order, without a permutation. For
/// short lengths, whose data stay in the first-level cache. Immutable.
///
/// A pass of radix `r` over sequences of length `l = r·m`, of which there are `s` side by side,
/// computes `y[q + s·(r·p + k)] = e^(∓2πi·p·k/l) · Σ_j x[q + s·(p + m·j)] · e^(∓2πi·j·k/r)`. The
/// vectors of the first pass, where `s` is 1, hold four neighbours `p`; those of the others four
/// neighbours `q`.
///
/// @see "Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7"
final class Stockham implements Single {
    /// Longest length for which this is the best way.
    static final int LONGEST = 2048;

    private static final int L = LanesSimd.L;
    private static final int ROOT = StockhamSimd.ROOT;

    private final Tables tables;
    private final float scale;

    Stockham(Tables tables, double scale) {
        this.tables = tables;
        this.scale = (float) scale;
    }

    /// The radices in the order of their passes: 8 or 4 first and, if there are more of them, last;
    /// null if there are fewer than two passes or other factors than 2, 3 and 5.
    private static int @Nullable [] radices(int n) {
        int twos = Integer.numberOfTrailingZeros(n);
        int fours = (3 - twos % 3) % 3; // a power of 8 and none, one or two 4
        int eights = (twos - 2 * fours) / 3;
        List<Integer> passes = new ArrayList<>();
        int rest = n >> twos;
        for (int odd : new int[] {5, 3}) {
            while (rest % odd == 0) {
                passes.add(odd);
                rest /= odd;
            }
        }
        if (rest != 1 || passes.size() + eights + fours < 2) {
            return null;
        }
        passes.addFirst(eights > 0 ? 8 : 4);
        passes.addAll(Collections.nCopies(eights > 0 ? fours : fours - 1, 4));
        passes.addAll(Collections.nCopies(Math.max(eights - 1, 0), 8));
        return passes.stream().mapToInt(r -> r).toArray();
    }

    /// A pass after the first.
    ///
    /// @param step elements from one result of a butterfly to the next
    /// @param where for each vector its place in the output; see [StockhamSimd#pass3]
    /// @param turns for each vector and each result but the first, cosine and sine
    private record Pass(int radix, int step, int[] where, float[] turns) {
        /// The pass with `s` sequences side by side of `n` points in all.
        static Pass of(int n, int radix, int s) {
            int[] where = new int[n / radix / 4];
            float[] turns = new float[where.length * (radix - 1) * 2];
            for (int v = 0; v < where.length; v++) {
                int p = 4 * v / s;
                where[v] = 2 * (4 * v + s * (radix - 1) * p);
                for (int k = 1; k < radix; k++) {
                    int at = 2 * (v * (radix - 1) + k - 1);
                    turns[at] = (float) Roots.cos((long) s * p * k, n);
                    turns[at + 1] = (float) Roots.sin((long) s * p * k, n);
                }
            }
            return new Pass(radix, 2 * s, where, turns);
        }
    }

    /// Sets cosine and signed sine of one pair to `e^(∓2πi·k/n)`.
    private static void root(float[] turns, int at, long k, long n, int sign) {
        float cos = (float) Roots.cos(k, n);
        float sin = (float) (sign * Roots.sin(k, n));
        turns[at] = cos;
        turns[at + 1] = cos;
        turns[at + L] = sin;
        turns[at + L + 1] = -sin;
    }

    /// What the transforms of one length share. Immutable.
    static final class Tables {
        private final int n;
        private final int first;
        private final float[] forward;
        private final float[] backward;
        private final float[] signs = {1, -1, 1, -1, 1, -1, 1, -1};
        private final float[] inverseSigns = {-1, 1, -1, 1, -1, 1, -1, 1};
        private final Pass[] passes;

        private Tables(int n, int... radices) {
            this.n = n;
            first = radices[0];
            forward = turns(1);
            backward = turns(-1);
            passes = new Pass[radices.length - 1];
            int s = first;
            for (int i = 0; i < passes.length; i++) {
                passes[i] = Pass.of(n, radices[i + 1], s);
                s *= radices[i + 1];
            }
        }

        /// Tables for a length, null if it is not transformed this way: it must be a multiple of 4
        /// of some points, with no prime factor over 5.
        static @Nullable Tables of(int n) {
            int[] radices = L == 8 && n % 4 == 0 && n <= LONGEST ? radices(n) : null;
            return radices == null || n < 4 * radices[0] ? null : new Tables(n, radices);
        }

        /// Roots of the first pass, four neighbours to a vector; the last vector ends with the last
        /// neighbour.
        private float[] turns(int sign) {
            int m = n / first;
            float[] turns = new float[Math.ceilDiv(m, 4) * (first - 1) * ROOT];
            for (int v = 0; v < Math.ceilDiv(m, 4); v++) {
                for (int k = 1; k < first; k++) {
                    for (int lane = 0; lane < 4; lane++) {
                        int p = Math.min(4 * v, m - 4) + lane;
                        int at = (v * (first - 1) + k - 1) * ROOT + 2 * lane;
                        root(turns, at, (long) p * k, n, sign);
                    }
                }
            }
            return turns;
        }
    }

    @Override
    public int scratch() {
        return (tables.passes.length > 1 ? 4 : 2) * tables.n;
    }

    @Override
    public void run(float[] x, int at, float[] y, int to, boolean inverse, float[] free, int rest) {
        Tables f = tables;
        float[] signs = inverse ? f.inverseSigns : f.signs;
        first(x, at, free, rest, inverse ? f.backward : f.forward, signs);
        int here = rest;
        int there = rest + 2 * f.n;
        int last = f.passes.length - 1;
        for (int i = 0; i < last; i++) {
            pass(f.passes[i], free, here, free, there, signs, 1);
            int t = here;
            here = there;
            there = t;
        }
        Pass end = f.passes[last];
        int count = end.where.length;
        switch (end.radix) {
            case 4 -> StockhamSimd.last4(free, here, y, to, count, signs, scale);
            case 8 -> StockhamSimd.last8(free, here, y, to, count, signs, scale);
            default -> pass(end, free, here, y, to, signs, scale);
        }
    }

    private void first(float[] x, int at, float[] y, int to, float[] turns, float[] signs) {
        int r = tables.first;
        int m = tables.n / r;
        first(x, at, y, to, m / 4, turns, 0, signs);
        if (m % 4 != 0) { // the last vector overlaps the one before
            int p = m - 4;
            first(x, at + 2 * p, y, to + 2 * r * p, 1, turns, m / 4 * (r - 1) * ROOT, signs);
        }
    }

    private void first(
            float[] x, int at, float[] y, int to, int count, float[] tw, int t, float[] signs) {
        int apart = 2 * tables.n / tables.first;
        if (tables.first == 4) {
            StockhamSimd.first4(x, at, apart, y, to, count, tw, t, signs);
        } else {
            StockhamSimd.first8(x, at, apart, y, to, count, tw, t, signs);
            StockhamSimd.neighbours(y, to, count);
        }
    }

    private static void pass(
            Pass pass, float[] x, int at, float[] y, int to, float[] signs, float scale) {
        float[] tw = pass.turns;
        int[] where = pass.where;
        int step = pass.step;
        switch (pass.radix) {
            case 3 -> StockhamSimd.pass3(x, at, y, to, step, where, tw, signs, scale);
            case 4 -> StockhamSimd.pass4(x, at, y, to, step, where, tw, signs);
            case 5 -> StockhamSimd.pass5(x, at, y, to, step, where, tw, signs, scale);
            default -> StockhamSimd.pass8(x, at, y, to, step, where, tw, signs);
        }
    }
}
