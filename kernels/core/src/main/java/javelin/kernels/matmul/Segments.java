package javelin.kernels.matmul;

import java.util.Arrays;

/// The inner dimension `k` of a product whose rows lie in memory as pieces: piece `s` of a row that
/// starts at `r` is `length[s]` elements from `r + offset[s]` on.
///
/// A matrix has one piece, a convolution one per tap or row of taps. The pieces are gathered (and
/// divided) into blocks of about equal depth, so that one block of a packed panel stays in the
/// first-level cache.
///
/// @param pairs `offset, length` of each piece
/// @param ends for each block the end of its pairs in `pairs`
/// @param depths for each block its end in the inner dimension
public record Segments(int[] pairs, int[] ends, int[] depths) {
    /// Pieces of `length` elements at `offsets`, in blocks of at most `depth`; at least one block,
    /// if only an empty one.
    public static Segments of(int[] offsets, int length, int depth) {
        long k = (long) offsets.length * length;
        int blocks = (int) Math.max(1, (k + depth - 1) / depth);
        int[] pairs = new int[2 * (offsets.length + blocks)];
        int[] ends = new int[blocks];
        int[] depths = new int[blocks];
        int pair = 0;
        int done = 0;
        int block = 0;
        for (int offset : offsets) {
            int used = 0;
            while (used < length) {
                int limit = (int) (k * (block + 1) / blocks);
                int piece = Math.min(length - used, limit - done);
                pairs[pair++] = offset + used;
                pairs[pair++] = piece;
                used += piece;
                done += piece;
                if (done == limit) {
                    ends[block] = pair;
                    depths[block++] = done;
                }
            }
        }
        return new Segments(Arrays.copyOf(pairs, pair), ends, depths);
    }

    /// Number of blocks.
    public int blocks() {
        return ends.length;
    }

    /// Size of the inner dimension.
    public int k() {
        return depths[depths.length - 1];
    }
}
