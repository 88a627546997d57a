package javelin.kernels.fft;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;

/// What transforms of one length share: factors and roots of unity, made when first asked for. Kept
/// for the next plan of that length, up to a total of 2²² points; immutable to the outside.
final class Length {
    private static final int KEPT_POINTS = 1 << 22;
    private static final int LARGEST = 1 << 30;
    private static final ConcurrentHashMap<Integer, Length> KEPT = new ConcurrentHashMap<>();

    private final int n;
    private volatile @Nullable PlainFft plain;
    private volatile Stockham.@Nullable Tables stockham;
    private volatile FourStep.@Nullable Split split;
    private volatile ChirpSingle.@Nullable Tables chirp;
    private volatile @Nullable HalvesSimd halves;
    private volatile boolean wasStockham;
    private volatile boolean wasSplit;

    private Length(int n) {
        this.n = n;
    }

    /// The length `n`.
    ///
    /// @throws IllegalArgumentException if `n` is not positive
    static Length of(int n) {
        check(n);
        Length kept = KEPT.get(n);
        if (kept != null) {
            return kept;
        }
        if (KEPT.reduceKeysToLong(Long.MAX_VALUE, k -> k, 0, Long::sum) + n > KEPT_POINTS) {
            KEPT.clear();
        }
        return n > KEPT_POINTS ? new Length(n) : KEPT.computeIfAbsent(n, Length::new);
    }

    /// The sizes around an axis of length `n`.
    ///
    /// @throws IllegalArgumentException if one is negative, `n` is 0, or the product is over 2³⁰
    static Batch batch(int outer, int n, int inner) {
        check(n);
        if (outer < 0 || inner < 0) {
            throw new IllegalArgumentException(
                    "fft: a plan of [%d, %d, %d], where a size is negative"
                            .formatted(outer, n, inner));
        }
        if (inner > 0 && (long) outer * n > LARGEST / inner) {
            throw new IllegalArgumentException(
                    "fft: a plan of [%d, %d, %d] is over 2^30 numbers".formatted(outer, n, inner));
        }
        return new Batch(outer, inner);
    }

    private static void check(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("fft: the length must be at least 1, got " + n);
        }
    }

    int n() {
        return n;
    }

    PlainFft plain() {
        PlainFft made = plain;
        if (made == null) {
            made = new PlainFft(n);
            plain = made;
        }
        return made;
    }

    /// Tables for short lengths with small factors, else null.
    Stockham.@Nullable Tables stockham() {
        if (!wasStockham) {
            stockham = Stockham.Tables.of(n);
            wasStockham = true;
        }
        return stockham;
    }

    /// The length as a product of two for vectors, or null if it is not one.
    FourStep.@Nullable Split split() {
        if (!wasSplit) {
            split = FourStep.Split.of(n);
            wasSplit = true;
        }
        return split;
    }

    /// Tables for lengths with a large prime factor, else null.
    ChirpSingle.@Nullable Tables chirp() {
        ChirpSingle.Tables made = chirp;
        if (made == null && !Factors.isSmooth(n)) {
            Length longer = Length.of(Factors.convolution(n));
            Single one = Single.of(longer, 1);
            if (one != null) {
                made = new ChirpSingle.Tables(n, longer, one);
                chirp = made;
            }
        }
        return made;
    }

    /// Tables for real transforms of twice this length.
    HalvesSimd halves() {
        HalvesSimd made = halves;
        if (made == null) {
            made = new HalvesSimd(n);
            halves = made;
        }
        return made;
    }
}
