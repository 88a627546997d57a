package javelin.kernels.fft;

import javelin.kernels.cpu.TransposeSimd;

import org.jspecify.annotations.Nullable;

/// One transform of length `n = a·b` of pairs in 32 bits: `x` as a matrix `[a, b]`, its columns
/// transformed, every element turned, the matrix transposed, and the columns of that `[b, a]`
/// transformed. So all lanes hold columns. Immutable.
///
/// Up to [#WHOLE] points each half is done at once, above that in blocks of columns that fit the
/// cache; blocks of one half may then run at the same time.
///
/// @see "Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 3.3"
final class FourStep implements Single {
    /// Up to so many points a half is one block.
    private static final int WHOLE = 1 << 14;

    /// Vectors of columns per block.
    private static final int BLOCK = 2;

    private static final int L = LanesSimd.L;
    private static final int PAIR = PeaseSimd.PAIR;

    private final Split f;
    private final float scale;

    FourStep(Split f, double scale) {
        this.f = f;
        this.scale = (float) scale;
    }

    /// A length as a product, with the tables for it. Immutable.
    static final class Split {
        private final int a;
        private final int b;

        /// Vectors of columns in the first half, and in one of its blocks.
        private final int q;

        private final int firstWidth;

        /// The same for the second half.
        private final int g;

        private final int secondWidth;
        private final PeaseTables first;
        private final PeaseTables second;
        private final boolean isWhole;

        /// Whether frequencies of the first half stand where tiles can be read at fixed distances.
        private final boolean isRegular;

        /// Whether the last pass writes pairs itself.
        private final boolean writes;

        private final int[] frequencies;

        /// Where every eighth frequency is read.
        private final int[] starts;

        private final float[][] turns;
        private final float[] rowTurns;
        private final int[] places;

        private Split(int a, int b) {
            this.a = a;
            this.b = b;
            q = Math.ceilDiv(b, L);
            g = Math.ceilDiv(a, L);
            isWhole = a * b <= WHOLE || a % (BLOCK * L) != 0 || b % (BLOCK * L) != 0;
            firstWidth = isWhole ? q : BLOCK;
            secondWidth = isWhole ? g : BLOCK;
            first = new PeaseTables(a, firstWidth, Factors.forRows(a));
            second = new PeaseTables(b, secondWidth, Factors.forColumns(b));
            isRegular = a % L == 0;
            writes = isRegular && second.last() == 4;
            frequencies = first.frequencies();
            starts = new int[g];
            for (int i = 0; i < a; i++) {
                if (frequencies[i] % L == 0) {
                    starts[frequencies[i] / L] = (isRegular ? i : frequencies[i]) * PAIR;
                }
            }
            turns = new float[q / firstWidth][];
            for (int i = 0; i < turns.length; i++) {
                turns[i] = turns(i * firstWidth * L);
            }
            rowTurns = isWhole ? new float[0] : first.rowTurns();
            places = places();
        }

        /// The two factors of `n` with the least work, the first one of a vector or more; null if
        /// there are none.
        static @Nullable Split of(int n) {
            if (L != TransposeSimd.SIDE || n < 2 * L || !Factors.isSmooth(n)) {
                return null;
            }
            double least = Double.POSITIVE_INFINITY;
            int best = 0;
            for (int a = L; a <= n / 2; a++) {
                if (n % a == 0) {
                    double work = work(a, n / a);
                    if (work < least) {
                        least = work;
                        best = a;
                    }
                }
            }
            return best == 0 ? null : new Split(best, n / best);
        }

        /// Rough work per element: passes over vectors that are partly empty, and what it costs
        /// when a half cannot read or write pairs or turn its results in its own passes.
        private static double work(int a, int b) {
            int[] one = Factors.forRows(a);
            int[] two = Factors.forColumns(b);
            double full = (double) Math.ceilDiv(b, L) * L / b;
            double fullTwo = (double) Math.ceilDiv(a, L) * L / a;
            double work = full * passes(one) + fullTwo * passes(two);
            work += b % L == 0 && one[0] == 4 ? 0 : 0.7;
            work += one[one.length - 1] == 4 ? 0 : 0.4;
            work += a % L == 0 ? 0 : 1.5;
            work += two[two.length - 1] == 4 ? 0 : 0.6;
            return work + Math.abs(Math.log((double) a / b)) / 16;
        }

        private static double passes(int[] factors) {
            double work = 0;
            for (int r : factors) {
                work += r <= 5 ? 1 : r / 4.0;
            }
            return work;
        }

        /// `e^(−2πi·kc/n)` for all results of a block of columns from `from` on.
        private float[] turns(int from) {
            long n = (long) a * b;
            float[] tw = new float[first.vectors() * PAIR];
            for (int v = 0; v < first.vectors(); v++) {
                long k = frequencies[v % a];
                for (int lane = 0; lane < L; lane++) {
                    int c = from + v / a * L + LanesSimd.unfolded(lane);
                    tw[v * PAIR + lane] = (float) Roots.cos(k * c, n);
                    tw[v * PAIR + L + lane] = (float) -Roots.sin(k * c, n);
                }
            }
            return tw;
        }

        /// Where results of the last pass go, but for the block.
        private int[] places() {
            int[] before = writes ? second.frequenciesBeforeLast() : second.frequencies();
            int[] places = new int[before.length * secondWidth];
            for (int v = 0; v < places.length; v++) {
                places[v] = 2 * (v / before.length * L + a * before[v % before.length]);
            }
            return places;
        }

        int n() {
            return a * b;
        }
    }

    int firstBlocks() {
        return f.q / f.firstWidth;
    }

    int secondBlocks() {
        return f.g / f.secondWidth;
    }

    /// Elements of the transposed matrix.
    int middle() {
        return f.q * L * f.g * PAIR;
    }

    /// Elements of scratch memory of one block.
    int blockScratch() {
        int most = Math.max(f.first.vectors(), f.second.vectors());
        return 2 * Math.max(most, f.firstWidth * f.g * L) * PAIR;
    }

    @Override
    public int scratch() {
        return middle() + blockScratch();
    }

    @Override
    public void run(float[] x, int at, float[] y, int to, boolean inverse, float[] free, int rest) {
        int blocks = rest + middle();
        for (int i = 0; i < firstBlocks(); i++) {
            first(i, x, at, inverse, free, rest, free, blocks);
        }
        for (int i = 0; i < secondBlocks(); i++) {
            second(i, free, rest, y, to, inverse, free, blocks);
        }
    }

    /// A block of the first half: from pairs to complex vectors of the transposed matrix.
    void first(
            int block,
            float[] x,
            int at,
            boolean inverse,
            float[] middle,
            int to,
            float[] free,
            int rest) {
        int half = blockScratch() / 2;
        int re = at + (inverse ? 1 : 0);
        int im = at + (inverse ? 0 : 1);
        int from = 2 * block * f.firstWidth * L;
        int here = rest;
        int there = rest + half;
        int pass = 0;
        int width = f.firstWidth;
        if (f.b % L == 0 && f.first.radix(0) == 4) {
            int a4 = f.a / 4;
            int apart = a4 * 2 * f.b;
            if (f.isWhole) {
                PeasePairsSimd.first4(x, re, im, apart, a4 * width, free, here, f.first.turns(0));
            } else {
                PeasePairsSimd.first4(
                        x,
                        re + from,
                        im + from,
                        apart,
                        width,
                        PAIR,
                        4 * PAIR,
                        a4,
                        2 * f.b,
                        width * 4 * PAIR,
                        free,
                        here,
                        f.rowTurns);
            }
            pass = 1;
        } else {
            for (int row = 0; row < f.a; row++) {
                int skip = row * 2 * f.b;
                PeasePairsSimd.load(x, re + skip, im + skip, f.b, free, here + row * width * PAIR);
            }
        }
        for (; pass < f.first.passes(); pass++) {
            int r = f.first.radix(pass);
            int count = f.first.vectors() / r;
            if (r == 4 && pass == f.first.passes() - 1) {
                PeaseSimd.turned4(free, here, free, there, count, f.turns[block]);
            } else {
                PeaseSimd.pass(r, free, here, free, there, count, f.first.turns(pass));
            }
            int t = here;
            here = there;
            there = t;
        }
        if (f.first.last() != 4) {
            PeaseSimd.turn(free, here, f.first.vectors(), f.turns[block]);
        }
        transpose(free, here, there, middle, to + block * width * L * f.g * PAIR);
    }

    /// Complex vectors `[q, a]` with columns in lanes to `[8·q, g]` with frequencies in lanes.
    private void transpose(float[] x, int at, int spare, float[] y, int to) {
        int rows = f.a;
        int from = at;
        int bit0 = PAIR;
        int bit1 = 2 * PAIR;
        int bit2 = 4 * PAIR;
        if (f.isRegular) {
            bit0 = f.a / 4 * PAIR;
            bit1 = 2 * bit0;
            bit2 = f.a / 4 / f.first.radix(1) * PAIR;
        } else { // bring frequencies into their order, with room for whole tiles
            rows = f.g * L;
            from = spare;
            for (int v = 0; v < f.firstWidth * f.a; v++) {
                int place = v / f.a * rows + f.frequencies[v % f.a];
                System.arraycopy(x, at + v * PAIR, x, spare + place * PAIR, PAIR);
            }
        }
        int step = f.g * PAIR;
        for (int q = 0; q < f.firstWidth; q++) {
            TransposeSimd.tiles(
                    x,
                    from + q * rows * PAIR,
                    f.starts,
                    bit2,
                    bit0,
                    bit1,
                    y,
                    to + q * L * step,
                    4 * step,
                    step,
                    2 * step);
        }
    }

    /// A block of the second half: from the transposed matrix to pairs.
    void second(
            int block,
            float[] middle,
            int at,
            float[] y,
            int to,
            boolean inverse,
            float[] free,
            int rest) {
        int half = blockScratch() / 2;
        int width = f.secondWidth;
        float[] x = middle;
        int here = at;
        int there = rest;
        if (!f.isWhole) {
            x = free;
            here = rest;
            there = rest + half;
            for (int row = 0; row < f.b; row++) {
                int from = at + (row * f.g + block * width) * PAIR;
                System.arraycopy(middle, from, free, here + row * width * PAIR, width * PAIR);
            }
        }
        int passes = f.second.passes() - (f.writes ? 1 : 0);
        int vectors = f.second.vectors();
        for (int pass = 0; pass < passes; pass++) {
            int r = f.second.radix(pass);
            PeaseSimd.pass(r, x, here, free, there, vectors / r, f.second.turns(pass));
            here = there;
            there = here == rest ? rest + half : rest;
            x = free;
        }
        int target = to + 2 * block * width * L;
        if (f.writes) {
            PeasePairsSimd.last4(
                    x, here, vectors / 4, f.places, y, target, 2 * f.a * (f.b / 4), inverse, scale);
        } else if (f.isRegular) {
            PeasePairsSimd.store(x, here, vectors, f.places, y, target, inverse, scale);
        } else {
            int whole = (f.g - 1) * f.b;
            PeasePairsSimd.store(x, here, whole, f.places, y, target, inverse, scale);
            for (int v = whole; v < vectors; v++) {
                LanesSimd.storeSome(
                        x, here + v * PAIR, f.a % L, y, target + f.places[v], inverse, scale);
            }
        }
    }
}
