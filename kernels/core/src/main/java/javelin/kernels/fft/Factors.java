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
}
