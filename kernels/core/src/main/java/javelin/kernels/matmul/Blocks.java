package javelin.kernels.matmul;

/// Sizes of blocks for one vector width, in elements of 32 bits.
///
/// @param depth inner dimension of one block: a panel of it fills at most three quarters of a
///   first-level cache of 32 KB
/// @param rows rows of one piece of work, a multiple of those of a tile: with `depth`, about a
///   quarter of a second-level cache of 512 KB
public record Blocks(int depth, int rows) {
    /// Sizes for vectors of `lanes` elements.
    public static Blocks of(int lanes) {
        return new Blocks(lanes == 16 ? 192 : 256, 96);
    }
}
