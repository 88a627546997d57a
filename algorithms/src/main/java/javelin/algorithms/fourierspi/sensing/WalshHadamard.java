package javelin.algorithms.fourierspi.sensing;

/// Fast Walsh–Hadamard transform in natural order: `y = H·x` with `H[k, j] = (−1)^(bits of k & j)`.
/// `H·H = n·I`; nothing is scaled.
///
/// @see "Fino and Algazi, Unified matrix treatment of the fast Walsh–Hadamard transform, 1976"
public final class WalshHadamard {
    private WalshHadamard() {}

    /// Transforms `x` in place, in `n·log₂ n` additions. Two levels a pass: memory is the limit.
    ///
    /// @throws IllegalArgumentException if the length is no power of two
    public static void transform(float[] x) {
        int n = x.length;
        checkLength(n);
        if (n >= 4) {
            fours(x);
        }
        int h = n >= 4 ? 4 : 1;
        for (; 4 * h <= n; h *= 4) {
            for (int i = 0; i < n; i += 4 * h) {
                twoLevels(x, i, i + h, i + 2 * h, i + 3 * h, h);
            }
        }
        if (h < n) {
            oneLevel(x, h);
        }
    }

    /// Number of sign changes along row `k` of the natural-order matrix of size `n`.
    public static int sequency(int k, int n) {
        checkLength(n);
        if (n == 1) {
            return 0;
        }
        int s = Integer.reverse(k) >>> (Integer.numberOfLeadingZeros(n) + 1); // bits of k reversed
        for (int shift = 1; shift < 32; shift *= 2) {
            s ^= s >>> shift; // Gray code to number
        }
        return s;
    }

    static void checkLength(int n) {
        if (Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException(
                    "walsh-hadamard: length %d is no power of two".formatted(n));
        }
    }

    private static void fours(float[] x) {
        for (int i = 0; i < x.length; i += 4) {
            float a = x[i] + x[i + 1];
            float b = x[i] - x[i + 1];
            float c = x[i + 2] + x[i + 3];
            float d = x[i + 2] - x[i + 3];
            x[i] = a + c;
            x[i + 1] = b + d;
            x[i + 2] = a - c;
            x[i + 3] = b - d;
        }
    }

    private static void twoLevels(float[] x, int p, int q, int r, int s, int h) {
        for (int j = 0; j < h; j++) {
            float a = x[p + j] + x[q + j];
            float b = x[p + j] - x[q + j];
            float c = x[r + j] + x[s + j];
            float d = x[r + j] - x[s + j];
            x[p + j] = a + c;
            x[q + j] = b + d;
            x[r + j] = a - c;
            x[s + j] = b - d;
        }
    }

    private static void oneLevel(float[] x, int h) {
        for (int j = 0; j < h; j++) {
            float a = x[j] + x[j + h];
            float b = x[j] - x[j + h];
            x[j] = a;
            x[j + h] = b;
        }
    }
}
