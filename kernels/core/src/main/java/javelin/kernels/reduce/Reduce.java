package javelin.kernels.reduce;

import javelin.kernels.Kernel;

/// Reduction over one or more axes: `x →` the shape of `x` with size 1 on the reduced axes (the
/// output view may leave them out: only the order of elements counts).
///
/// @param axes bit set of reduced axes: bit `i` for axis `i`; 0 copies
public record Reduce(Kind kind, int axes) implements Kernel {
    /// What is computed from the numbers of one result.
    public enum Kind {
        /// `Σ x`; 0 over nothing. Float32 sums are pairwise or in several partial sums, in an order
        /// that depends on the shape only.
        SUM,
        /// `Σ x / n`; NaN over nothing.
        MEAN,
        /// The largest; NaN if any is; −∞ over nothing.
        MAX,
        /// The smallest; NaN if any is; +∞ over nothing.
        MIN,
        /// `Σ (x − mean)² / n` in two passes, so without cancellation; NaN over nothing.
        VARIANCE
    }

    /// Bit set of the given axes, each in `0 … 30`.
    public static int axes(int... axes) {
        int bits = 0;
        for (int a : axes) {
            bits |= 1 << a;
        }
        return bits;
    }

    /// Whether an axis is reduced.
    public boolean reduces(int axis) {
        return (axes >> axis & 1) != 0;
    }
}
