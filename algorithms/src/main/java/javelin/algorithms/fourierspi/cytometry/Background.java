package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// What an empty line looks like: the median of each column over the last empty lines. Dust, the
/// profile of the light and a slow drift are in it; a cell that was missed is not. Not thread-safe.
public final class Background {
    private final int n;
    private final float[] lines; // [n, depth], a ring along the second axis
    private final float[] sorted;
    private final float[] median;
    private final int depth;
    private int filled;
    private int oldest;
    private int fresh; // lines since the median was worked out
    private boolean whole; // whether that was of all the depth

    /// A background of `n` columns.
    ///
    /// @param n pixels of a line
    /// @param depth lines that are remembered, at least 1
    public Background(int n, int depth) {
        Checks.atLeast("background", "n", n, 1);
        Checks.atLeast("background", "depth", depth, 1);
        this.n = n;
        this.depth = depth;
        lines = new float[Math.multiplyExact(n, depth)];
        sorted = new float[depth];
        median = new float[n];
    }

    /// Remembers an empty line.
    ///
    /// @param from place of its first pixel in `x`
    public void add(float[] x, int from) {
        if (from < 0 || from > x.length - n) {
            throw new IllegalArgumentException(
                    "background: needs %d pixels from %d, found %d in all"
                            .formatted(n, from, x.length));
        }
        for (int c = 0; c < n; c++) {
            lines[c * depth + oldest] = x[from + c];
        }
        oldest = oldest + 1 == depth ? 0 : oldest + 1;
        filled = Math.min(depth, filled + 1);
        fresh++;
    }

    /// Number of lines that are remembered.
    public int filled() {
        return filled;
    }

    /// Median of each column; of an even number of lines the mean of the middle two. Once the depth
    /// is reached it is worked out again only when half of the lines are new: the background drifts
    /// slowly. The array is reused.
    ///
    /// @throws IllegalStateException if there was no line
    public float[] median() {
        if (filled == 0) {
            throw new IllegalStateException("background: has seen no empty line; add one first");
        }
        if (fresh > 0 && (!whole || 2 * fresh > depth)) {
            for (int c = 0; c < n; c++) {
                System.arraycopy(lines, c * depth, sorted, 0, filled);
                Arrays.sort(sorted, 0, filled);
                median[c] = (sorted[(filled - 1) / 2] + sorted[filled / 2]) / 2;
            }
            fresh = 0;
            whole = filled == depth;
        }
        return median;
    }
}
