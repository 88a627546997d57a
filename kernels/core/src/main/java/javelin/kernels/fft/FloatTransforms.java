package javelin.kernels.fft;

import javelin.kernels.cpu.Scratch;
import javelin.kernels.cpu.Work;
import javelin.kernels.cpu.Workers;

import org.jspecify.annotations.Nullable;

/// Which SIMD way a batch of transforms in 32 bits goes. Null stands for none that is better than
/// plain loops.
final class FloatTransforms {
    /// From this length on one transform is worth several threads.
    private static final int SHARED = 1 << 15;

    /// Up to so many elements of scratch memory belong to a plan's work and are not borrowed.
    private static final int OWNED = 1 << 16;

    private FloatTransforms() {}

    /// One of a batch.
    @FunctionalInterface
    private interface Transform {
        void run(int o, float[] free);
    }

    /// Transforms `y [outer, n, inner]` of `x`, times `scale`.
    static @Nullable Work complex(
            Length length,
            ComplexFloats x,
            ComplexFloats y,
            Batch batch,
            boolean inverse,
            double scale) {
        int n = length.n();
        if (n == 1 || batch.count() == 0) {
            return null;
        }
        if (batch.inner() >= LanesSimd.L && x.isPairs() && y.isPairs()) {
            return LanesSimd.L == 8 && Factors.isSmooth(n)
                    ? columns(n, x, y, batch, inverse, scale)
                    : null;
        }
        Single one = batch.inner() == 1 ? Single.of(length, scale) : null;
        if (one == null) {
            return null;
        }
        if (!x.isPairs() || !y.isPairs()) {
            return throughPairs(one, n, x, y, batch, inverse);
        }
        if (one instanceof FourStep four && n >= SHARED && batch.outer() < 8) {
            return shared(four, n, x, y, batch, inverse);
        }
        return each(
                batch.outer(),
                n,
                one.scratch(),
                (o, free) -> one.run(x.re(), x.at(o * n), y.re(), y.at(o * n), inverse, free, 0));
    }

    /// Spectra `y [outer, n/2+1]` of real numbers `x [outer, n]`; see [Rfft].
    ///
    /// @param length half of `n`, which is even
    static @Nullable Work forwardReal(
            Length length, ComplexFloats x, ComplexFloats y, Batch batch, double scale, double in) {
        int h = length.n();
        Single one = fits(y, batch) && !isWhole(length) ? Single.of(length, 1) : null;
        if (one == null) {
            return forwardWhole(2 * h, x, y, batch, scale, in);
        }
        HalvesSimd halves = length.halves();
        return each(
                batch.outer(),
                h,
                2 * h + one.scratch(),
                (o, z) -> {
                    one.run(x.re(), x.atRe() + o * 2 * h, z, 0, false, z, 2 * h);
                    halves.spectrum(z, 0, y.re(), y.at(o * (h + 1)), scale, in);
                });
    }

    /// Real numbers `x [outer, n]` of spectra `y [outer, n/2+1]`; see [Irfft].
    ///
    /// @param length half of `n`, which is even
    static @Nullable Work inverseReal(
            Length length, ComplexFloats y, ComplexFloats x, Batch batch, double scale, double in) {
        int h = length.n();
        Single one = fits(y, batch) && !isWhole(length) ? Single.of(length, scale) : null;
        if (one == null) {
            return inverseWhole(2 * h, y, x, batch, scale, in);
        }
        HalvesSimd halves = length.halves();
        return each(
                batch.outer(),
                h,
                2 * h + one.scratch(),
                (o, z) -> {
                    halves.pairs(y.re(), y.at(o * (h + 1)), z, 0, in);
                    one.run(z, 0, x.re(), x.atRe() + o * 2 * h, true, z, 2 * h);
                });
    }

    /// As [#forwardReal], for odd lengths and for halves without a way of their own: as complex
    /// numbers without imaginary parts.
    static @Nullable Work forwardWhole(
            int n, ComplexFloats x, ComplexFloats y, Batch batch, double scale, double in) {
        Single one = fits(y, batch) ? Single.of(Length.of(n), scale) : null;
        if (one == null) {
            return null;
        }
        int half = n / 2 + 1;
        return each(
                batch.outer(),
                n,
                2 * n + one.scratch(),
                (o, z) -> {
                    for (int j = 0; j < n; j++) {
                        z[2 * j] = x.re()[x.atRe() + o * n + j];
                        z[2 * j + 1] = 0;
                    }
                    one.run(z, 0, z, 0, false, z, 2 * n);
                    int to = y.at(o * half);
                    for (int k = 0; k < half; k++) {
                        boolean alone = k == 0 || 2 * k == n;
                        float weight = alone ? 1 : (float) in;
                        y.re()[to + 2 * k] = weight * z[2 * k];
                        y.re()[to + 2 * k + 1] = alone ? 0 : weight * z[2 * k + 1];
                    }
                });
    }

    /// As [#inverseReal], alike: the spectrum is completed.
    static @Nullable Work inverseWhole(
            int n, ComplexFloats y, ComplexFloats x, Batch batch, double scale, double in) {
        Single one = fits(y, batch) ? Single.of(Length.of(n), scale) : null;
        if (one == null) {
            return null;
        }
        int half = n / 2 + 1;
        return each(
                batch.outer(),
                n,
                2 * n + one.scratch(),
                (o, z) -> {
                    int from = y.at(o * half);
                    for (int k = 0; k < half; k++) {
                        boolean alone = k == 0 || 2 * k == n;
                        float weight = alone ? 1 : (float) in / 2;
                        int mirror = k == 0 ? 0 : n - k;
                        float re = weight * y.re()[from + 2 * k];
                        float im = alone ? 0 : weight * y.re()[from + 2 * k + 1];
                        z[2 * mirror] = re;
                        z[2 * mirror + 1] = -im;
                        z[2 * k] = re;
                        z[2 * k + 1] = im;
                    }
                    one.run(z, 0, z, 0, true, z, 2 * n);
                    for (int j = 0; j < n; j++) {
                        x.re()[x.atRe() + o * n + j] = z[2 * j];
                    }
                });
    }

    /// Whether `2n` is transformed by [Stockham]'s passes and `n` is not, which takes longer.
    private static boolean isWhole(Length half) {
        return half.stockham() == null
                && half.n() > 16
                && half.n() <= Stockham.LONGEST / 2
                && Length.of(2 * half.n()).stockham() != null;
    }

    private static boolean fits(ComplexFloats spectrum, Batch batch) {
        return spectrum.isPairs() && batch.inner() == 1 && batch.outer() > 0;
    }

    /// Columns that lie side by side.
    private static Work columns(
            int n, ComplexFloats x, ComplexFloats y, Batch batch, boolean inverse, double scale) {
        int inner = batch.inner();
        var columns = new PeaseColumns(n, inner, scale);
        int w = columns.columns();
        int blocks = Math.ceilDiv(inner, w);
        return Work.split(
                batch.outer() * blocks,
                Workers.grain(16L * n * w),
                (from, to) -> {
                    float[] free = Scratch.borrow(columns.scratch());
                    for (int t = from; t < to; t++) {
                        int column = t % blocks * w;
                        int i = t / blocks * n * inner + column;
                        int count = Math.min(w, inner - column);
                        columns.run(x.re(), x.at(i), y.re(), y.at(i), count, inverse, free, 0);
                    }
                    Scratch.giveBack(free);
                });
    }

    /// Transforms one behind the other, of which input or output is split.
    private static Work throughPairs(
            Single one, int n, ComplexFloats x, ComplexFloats y, Batch batch, boolean inverse) {
        return each(
                batch.outer(),
                n,
                2 * n + one.scratch(),
                (o, free) -> {
                    x.copyPairs(o * n, n, free);
                    one.run(free, 0, free, 0, inverse, free, 2 * n);
                    y.setPairs(o * n, n, free);
                });
    }

    /// Transforms `o = 0 … outer−1`, each by one thread. A single one owns its scratch memory.
    private static Work each(int outer, int n, int scratch, Transform transform) {
        if (outer == 1 && scratch <= OWNED) {
            float[] free = new float[scratch];
            return _ -> transform.run(0, free);
        }
        return Work.split(
                outer,
                Workers.grain(16L * n),
                (from, to) -> {
                    float[] free = Scratch.borrow(scratch);
                    for (int o = from; o < to; o++) {
                        transform.run(o, free);
                    }
                    Scratch.giveBack(free);
                });
    }

    /// A few long ones, each by all threads.
    private static Work shared(
            FourStep one, int n, ComplexFloats x, ComplexFloats y, Batch batch, boolean inverse) {
        float[] middle = new float[one.middle()];
        Work all = Work.NONE;
        for (int o = 0; o < batch.outer(); o++) {
            int i = o * n;
            Work first =
                    blocks(
                            one,
                            one.firstBlocks(),
                            (block, free) ->
                                    one.first(block, x.re(), x.at(i), inverse, middle, 0, free, 0));
            Work second =
                    blocks(
                            one,
                            one.secondBlocks(),
                            (block, free) ->
                                    one.second(
                                            block, middle, 0, y.re(), y.at(i), inverse, free, 0));
            all = all.then(first).then(second);
        }
        return all;
    }

    private static Work blocks(FourStep one, int count, Transform block) {
        return Work.split(
                count,
                Math.max(1, count / 64),
                (from, to) -> {
                    float[] free = Scratch.borrow(one.blockScratch());
                    for (int i = from; i < to; i++) {
                        block.run(i, free);
                    }
                    Scratch.giveBack(free);
                });
    }
}
