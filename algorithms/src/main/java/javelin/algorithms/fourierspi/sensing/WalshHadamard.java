package javelin.algorithms.fourierspi.sensing;

/// Fast Walsh–Hadamard transform in natural order: `y = H·x` with `H[k, j] = (−1)^(bits of k & j)`.
/// `H·H = n·I`; nothing is scaled.
///
/// @see "Fino and Algazi, Unified matrix treatment of the fast Walsh–Hadamard transform, 1976"
public final class WalshHadamard {
    private WalshHadamard() {}

    /// Transforms `x` in place, in `n·log₂ n` additions. Four levels in registers, then two levels
    /// a pass.
    ///
    /// @throws IllegalArgumentException if the length is no power of two
    public static void transform(float[] x) {
        int n = x.length;
        checkLength(n);
        int h = 1;
        if (n >= 16) {
            sixteens(x);
            h = 16;
        }
        for (; 4 * h <= n; h *= 4) {
            for (int i = 0; i < n; i += 4 * h) {
                switch (h) {
                    case 16 -> twoLevels16(x, i);
                    case 64 -> twoLevels64(x, i);
                    case 256 -> twoLevels256(x, i);
                    case 1024 -> twoLevels1024(x, i);
                    default -> twoLevels(x, i, h);
                }
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

    /// Levels 1, 2, 4 and 8: each four apart, then the four with each other.
    private static void sixteens(float[] x) {
        for (int i = 0; i < x.length; i += 16) {
            float a = x[i] + x[i + 1];
            float b = x[i] - x[i + 1];
            float c = x[i + 2] + x[i + 3];
            float d = x[i + 2] - x[i + 3];
            float p0 = a + c;
            float p1 = b + d;
            float p2 = a - c;
            float p3 = b - d;
            a = x[i + 4] + x[i + 5];
            b = x[i + 4] - x[i + 5];
            c = x[i + 6] + x[i + 7];
            d = x[i + 6] - x[i + 7];
            float q0 = a + c;
            float q1 = b + d;
            float q2 = a - c;
            float q3 = b - d;
            a = x[i + 8] + x[i + 9];
            b = x[i + 8] - x[i + 9];
            c = x[i + 10] + x[i + 11];
            d = x[i + 10] - x[i + 11];
            float r0 = a + c;
            float r1 = b + d;
            float r2 = a - c;
            float r3 = b - d;
            a = x[i + 12] + x[i + 13];
            b = x[i + 12] - x[i + 13];
            c = x[i + 14] + x[i + 15];
            d = x[i + 14] - x[i + 15];
            float s0 = a + c;
            float s1 = b + d;
            float s2 = a - c;
            float s3 = b - d;
            a = p0 + q0;
            b = p0 - q0;
            c = r0 + s0;
            d = r0 - s0;
            x[i] = a + c;
            x[i + 4] = b + d;
            x[i + 8] = a - c;
            x[i + 12] = b - d;
            a = p1 + q1;
            b = p1 - q1;
            c = r1 + s1;
            d = r1 - s1;
            x[i + 1] = a + c;
            x[i + 5] = b + d;
            x[i + 9] = a - c;
            x[i + 13] = b - d;
            a = p2 + q2;
            b = p2 - q2;
            c = r2 + s2;
            d = r2 - s2;
            x[i + 2] = a + c;
            x[i + 6] = b + d;
            x[i + 10] = a - c;
            x[i + 14] = b - d;
            a = p3 + q3;
            b = p3 - q3;
            c = r3 + s3;
            d = r3 - s3;
            x[i + 3] = a + c;
            x[i + 7] = b + d;
            x[i + 11] = a - c;
            x[i + 15] = b - d;
        }
    }

    // The JIT vectorises these loops only where it knows from constants that the four places of a
    // turn are apart, so each distance has its own.

    private static void twoLevels16(float[] x, int at) {
        for (int j = at; j < at + 16; j++) {
            float a = x[j] + x[j + 16];
            float b = x[j] - x[j + 16];
            float c = x[j + 2 * 16] + x[j + 3 * 16];
            float d = x[j + 2 * 16] - x[j + 3 * 16];
            x[j] = a + c;
            x[j + 16] = b + d;
            x[j + 2 * 16] = a - c;
            x[j + 3 * 16] = b - d;
        }
    }

    private static void twoLevels64(float[] x, int at) {
        for (int j = at; j < at + 64; j++) {
            float a = x[j] + x[j + 64];
            float b = x[j] - x[j + 64];
            float c = x[j + 2 * 64] + x[j + 3 * 64];
            float d = x[j + 2 * 64] - x[j + 3 * 64];
            x[j] = a + c;
            x[j + 64] = b + d;
            x[j + 2 * 64] = a - c;
            x[j + 3 * 64] = b - d;
        }
    }

    private static void twoLevels256(float[] x, int at) {
        for (int j = at; j < at + 256; j++) {
            float a = x[j] + x[j + 256];
            float b = x[j] - x[j + 256];
            float c = x[j + 2 * 256] + x[j + 3 * 256];
            float d = x[j + 2 * 256] - x[j + 3 * 256];
            x[j] = a + c;
            x[j + 256] = b + d;
            x[j + 2 * 256] = a - c;
            x[j + 3 * 256] = b - d;
        }
    }

    private static void twoLevels1024(float[] x, int at) {
        for (int j = at; j < at + 1024; j++) {
            float a = x[j] + x[j + 1024];
            float b = x[j] - x[j + 1024];
            float c = x[j + 2 * 1024] + x[j + 3 * 1024];
            float d = x[j + 2 * 1024] - x[j + 3 * 1024];
            x[j] = a + c;
            x[j + 1024] = b + d;
            x[j + 2 * 1024] = a - c;
            x[j + 3 * 1024] = b - d;
        }
    }

    private static void twoLevels(float[] x, int at, int h) {
        for (int j = at; j < at + h; j++) {
            float a = x[j] + x[j + h];
            float b = x[j] - x[j + h];
            float c = x[j + 2 * h] + x[j + 3 * h];
            float d = x[j + 2 * h] - x[j + 3 * h];
            x[j] = a + c;
            x[j + h] = b + d;
            x[j + 2 * h] = a - c;
            x[j + 3 * h] = b - d;
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
