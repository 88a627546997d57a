package javelin.kernels.cpu;

/// How a `[rows, c]` array is walked so that the JIT makes vector code of it also where `c` is
/// small: values per channel are repeated to a period of a few hundred elements, and the inner loop
/// runs over one period. Chunks are a fixed number of periods, so that partial sums do not depend
/// on the number of threads.
///
/// @param c number of channels
/// @param period elements after which the pattern of channels repeats: a multiple of `c`
/// @param size number of elements in all
public record Channels(int c, int period, int size) {
    private static final int PERIOD = 256; // measured: shorter inner loops lose to their tails
    private static final int LONGEST = 4096; // then a chunk still has eight periods
    private static final int CHUNK = 1 << 15; // elements: 128 KiB stay in the second-level cache

    /// The walk over `size` elements of `c` channels.
    public static Channels of(int c, int size) {
        int repeats = Math.max(1, PERIOD / Math.max(c, 1));
        return new Channels(c, Math.max(1, c * repeats), size);
    }

    /// The walk whose period is the shortest multiple of `c` and of `block`: what keeps the sums of
    /// `block` neighbouring columns in registers. Falls back to [#of] where that period is long.
    public static Channels inBlocks(int c, int size, int block) {
        long period = c == 0 ? block : (long) c / gcd(c, block) * block;
        return period > LONGEST ? of(c, size) : new Channels(c, (int) period, size);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// Whether the period is a multiple of `block`, as [#inBlocks] wants it.
    public boolean fits(int block) {
        return period % block == 0;
    }

    /// Number of rows.
    public int rows() {
        return c == 0 ? 0 : size / c;
    }

    /// Number of chunks; the last may be shorter than the others.
    public int chunks() {
        return size == 0 ? 0 : (size + chunk() - 1) / chunk();
    }

    /// Elements of a whole chunk.
    public int chunk() {
        return Math.max(1, CHUNK / period) * period;
    }

    /// `body` on each chunk: number, first element, element after the last.
    public Work forEachChunk(ChunkBody body) {
        int chunk = chunk();
        return Work.of(
                chunks(), i -> body.run(i, i * chunk, (int) Math.min(size, (i + 1L) * chunk)));
    }

    /// Completes a period of which the first `c` elements are given: one number per channel.
    public void repeat(float[] pattern) {
        for (int j = c; j < period; j++) {
            pattern[j] = pattern[j - c];
        }
    }

    /// Adds up the elements of a period that belong to the same channel.
    public void fold(float[] sums, double[] into, int offset) {
        for (int k = 0; k < c; k++) {
            double sum = 0;
            for (int j = k; j < period; j += c) {
                sum += sums[j];
            }
            into[offset + k] = sum;
        }
    }

    /// Work on one chunk.
    @FunctionalInterface
    public interface ChunkBody {
        /// Does the work on elements `from` (inclusive) to `to` (exclusive) of chunk `number`.
        void run(int number, int from, int to);
    }
}
