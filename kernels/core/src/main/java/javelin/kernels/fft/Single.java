package javelin.kernels.fft;

import org.jspecify.annotations.Nullable;

/// One transform of pairs in 32 bits by one thread. Immutable; memory is the caller's.
interface Single {
    /// Elements of scratch memory that [#run] needs.
    int scratch();

    /// Transforms the pairs of `x` from `at` on to those of `y` from `to` on. They may be the same,
    /// but must not overlap otherwise.
    ///
    /// @param inverse whether the exponent is positive
    /// @param free scratch memory, from `rest` on
    void run(float[] x, int at, float[] y, int to, boolean inverse, float[] free, int rest);

    /// The way for a length, or null if plain loops are as good.
    ///
    /// @param scale factor of the results
    static @Nullable Single of(Length length, double scale) {
        if (SmallSimd.has(length.n())) {
            return new SmallSimd(length.n(), scale);
        }
        var stockham = length.stockham();
        if (stockham != null) {
            return new Stockham(stockham, scale);
        }
        var split = length.split();
        if (split != null) {
            return new FourStep(split, scale);
        }
        var chirp = length.chirp();
        return chirp == null ? null : new ChirpSingle(chirp, scale);
    }
}
