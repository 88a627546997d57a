package javelin.algorithms.fourierspi.sensing;

import java.util.Comparator;
import java.util.stream.IntStream;

/// In which order Hadamard patterns are shown. A pattern is the product of a Walsh function down
/// the image with `v` sign changes and one along it with `u`.
public enum HadamardOrder {
    /// As Sylvester's construction has the rows.
    NATURAL,
    /// By the number of sign changes in both directions together, `u + v`.
    SEQUENCY,
    /// By the number of connected pieces, `(u + 1)·(v + 1)`.
    ///
    /// @see "Yu, Super sub-Nyquist single-pixel imaging by means of cake-cutting Hadamard basis
    ///   sort, 2019"
    CAKE_CUTTING,
    /// Each quarter of the patterns is a whole basis for a coarser image; of the other three
    /// quarters the second refines along the image, the third down it, and each is sorted by the
    /// number of pieces.
    ///
    /// @see "Sun et al., A Russian dolls ordering of the Hadamard basis for compressive
    ///   single-pixel imaging, 2017"
    RUSSIAN_DOLLS;

    /// Row numbers of the natural-order matrix of size `height·width`, first pattern first.
    ///
    /// @throws IllegalArgumentException if a size is no power of two
    public int[] rows(int height, int width) {
        WalshHadamard.checkLength(height);
        WalshHadamard.checkLength(width);
        Comparator<Pattern> order =
                switch (this) {
                    case NATURAL -> Comparator.comparingInt(Pattern::row);
                    case SEQUENCY ->
                            Comparator.<Pattern>comparingInt(p -> p.u + p.v)
                                    .thenComparingInt(Pattern::v);
                    case CAKE_CUTTING -> byPieces();
                    case RUSSIAN_DOLLS ->
                            Comparator.comparingInt(Pattern::doll)
                                    .thenComparingInt(Pattern::quarter)
                                    .thenComparing(byPieces());
                };
        return IntStream.range(0, Math.multiplyExact(height, width))
                .mapToObj(row -> pattern(row, height, width))
                .sorted(order)
                .mapToInt(Pattern::row)
                .toArray();
    }

    private static Comparator<Pattern> byPieces() {
        return Comparator.<Pattern>comparingInt(p -> (p.u + 1) * (p.v + 1))
                .thenComparingInt(p -> p.u + p.v)
                .thenComparingInt(Pattern::v);
    }

    private static Pattern pattern(int row, int height, int width) {
        int v = WalshHadamard.sequency(row / width, height);
        return new Pattern(row, WalshHadamard.sequency(row % width, width), v);
    }

    private record Pattern(int row, int u, int v) {
        /// Smallest `l` such that the pattern is one of an image of `2ˡ × 2ˡ` blocks.
        int doll() {
            return bits(Math.max(u, v));
        }

        /// 0 if it refines along the image only, 1 down it only, 2 both.
        int quarter() {
            return bits(u) == bits(v) ? 2 : bits(u) > bits(v) ? 0 : 1;
        }

        private static int bits(int x) {
            return 32 - Integer.numberOfLeadingZeros(x);
        }
    }
}
