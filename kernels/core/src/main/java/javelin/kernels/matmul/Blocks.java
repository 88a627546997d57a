package javelin.kernels.matmul;

/// Sizes of blocks, in elements of 32 bits. They are the same for every vector width: with 512 bits
/// a panel fills two thirds of a first-level cache of 48 KB, and 192 in place of 256 was slower.
/// Where such vectors meet 32 KB they take two cycles each, and the panel comes from the second
/// level in time.
public final class Blocks {
    /// Inner dimension of one block: with 256 bits a panel of it fills half of a first-level cache
    /// of 32 KB.
    public static final int DEPTH = 256;

    /// Rows of one piece of work, a multiple of those of a tile: with [#DEPTH], about a quarter of
    /// a second-level cache of 512 KB.
    public static final int ROWS = 96;

    private Blocks() {}
}
