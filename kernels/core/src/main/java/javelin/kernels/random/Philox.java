package javelin.kernels.random;

/// The counter-based generator Philox4x32-10: block `b` of a stream is four 32-bit words that
/// depend on the key and on `b` only.
///
/// The 128-bit counter of the paper holds `b` in its lower half and 0 in its upper half; the 64-bit
/// key is the stream. Lower words come first.
///
/// @see "Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011, section
///   3"
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9; // the golden ratio
    private static final int WEYL_1 = 0xBB67AE85; // √3 − 1
    private static final int ROUNDS = 10;
    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /// Writes blocks `counter … counter + blocks − 1` to `words`, four words each.
    public static void fill(long key, long counter, int[] words, int blocks) {
        for (int b = 0; b < blocks; b++) {
            long at = counter + b;
            block(key, (int) at, (int) (at >>> 32), 0, 0, words, 4 * b);
        }
    }

    /// Writes the four words of the counter `(c0, c1, c2, c3)`.
    public static void block(long key, int c0, int c1, int c2, int c3, int[] words, int at) {
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (x0 & LOW);
            long p1 = MULTIPLIER_1 * (x2 & LOW);
            x0 = (int) (p1 >>> 32) ^ x1 ^ k0;
            x1 = (int) p1;
            x2 = (int) (p0 >>> 32) ^ x3 ^ k1;
            x3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        words[at] = x0;
        words[at + 1] = x1;
        words[at + 2] = x2;
        words[at + 3] = x3;
    }
}
