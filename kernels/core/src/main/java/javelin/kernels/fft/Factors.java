package javelin.kernels.fft;

import java.util.Arrays;

/// Lengths as products.
final class Factors {
    /// Largest prime for which the sum over all inputs of a butterfly is worth its work.
    static final int LARGEST_PRIME = 31;

    private Factors() {}

    /// `n` as a product of primes and of 4, ascending but with 4 and 2 first; empty for 1.
    static int[] of(int n) {
        int[] found = new int[31];
        int count = 0;
        int rest = n;
        while (rest % 4 == 0) {
            found[count++] = 4;
            rest /= 4;
        }
        for (int p = 2; rest > 1; p++) {
            if ((long) p * p > rest) {
                p = rest;
            }
            while (rest % p == 0) {
                found[count++] = p;
                rest /= p;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// Whether all prime factors are small.
    static boolean isSmooth(int n) {
        int[] factors = of(n);
        return factors.length == 0 || factors[factors.length - 1] <= LARGEST_PRIME;
    }

    /// Power of two from `2n − 1` on: enough for a convolution of two sequences of `n`.
    ///
    /// @throws IllegalArgumentException if that is longer than an array
    static int convolution(int n) {
        if (n > 1 << 28) {
            throw new IllegalArgumentException(
                    "fft: length %d has a large prime factor and is over 2^28".formatted(n));
        }
        return n == 1 ? 1 : Integer.highestOneBit(2 * n - 2) << 1;
    }

    /// `n` in the order of passes that read pairs first and turn their results last: 4, then what
    /// makes it a multiple of 8 if it is, and another 4 last if there is one.
    static int[] forRows(int n) {
        int[] ascending = of(n);
        int fours = fours(ascending);
        int[] ordered = new int[ascending.length];
        int at = 0;
        boolean hasTwo = ascending.length > fours && ascending[fours] == 2;
        int lead = hasTwo ? 1 : 2;
        for (; at < Math.min(lead, fours); at++) {
            ordered[at] = 4;
        }
        System.arraycopy(ascending, fours, ordered, at, ascending.length - fours);
        Arrays.fill(ordered, at + ascending.length - fours, ascending.length, 4);
        return ordered;
    }

    /// `n` in the order of passes of which the last writes pairs: one 4 first if there are two, and
    /// the others last.
    static int[] forColumns(int n) {
        int[] ascending = of(n);
        int fours = fours(ascending);
        int[] ordered = new int[ascending.length];
        int at = 0;
        if (fours > 1) {
            ordered[at++] = 4;
        }
        for (int i = ascending.length - 1; i >= fours; i--) {
            ordered[at++] = ascending[i];
        }
        Arrays.fill(ordered, at, ascending.length, 4);
        return ordered;
    }

    private static int fours(int[] ascending) {
        int count = 0;
        while (count < ascending.length && ascending[count] == 4) {
            count++;
        }
        return count;
    }
}
