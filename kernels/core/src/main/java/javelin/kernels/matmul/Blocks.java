package javelin.kernels.matmul;

/// Sizes of blocks for one vector width, in elements of 32 bits.
///
/// @param depth inner dimension of one block: a panel of it fills at most three quarters of a
///   first-level cache of 32 KB, or two thirds of one of 48 KB with vectors of 512 bits. (Where
///   such vectors meet 32 KB they take two cycles each, and the panel comes from the second level
///   in time.)
/// @param rows rows of one piece of work, a multiple of those of a tile: with `depth`, about a
///   quarter of a second-level cache of 512 KB
public record Blocks(int depth, int rows) {
    /// Sizes for vectors of `lanes` elements.
    public static Blocks of(int lanes) {
        return new Blocks(256, 96);
    }
}
