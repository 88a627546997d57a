package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// How often two levels are neighbours, along rows, columns and both diagonals; and how often the
/// outline is crossed along each, which gives its length. Not thread-safe.
///
/// @see "Haralick, Shanmugam and Dinstein, Textural features for image classification, 1973"
final class CoOccurrence {
    /// Number of levels, 0 to 7.
    static final int LEVELS = 8;

    /// Level of pixels outside of the cell.
    static final byte OUTSIDE = LEVELS;

    private static final int SIDE = 16; // of a table: a power of two for cheap addresses
    private static final int TABLE = SIDE * SIDE;

    /// `c·ln c` of small counts.
    private static final double[] N_LOG_N = new double[4096];

    static {
        for (int i = 1; i < N_LOG_N.length; i++) {
            N_LOG_N[i] = i * Math.log(i);
        }
    }

    private final int[] pairs = new int[4 * TABLE];
    private double perimeter;
    private double contrast;
    private double homogeneity;
    private double entropy;

    /// Counts all neighbours of a cell.
    ///
    /// @param levels `[rows + 2, columns + 2]`, the border [#OUTSIDE], and one more such pixel
    void count(byte[] levels, int rows, int columns) {
        Arrays.fill(pairs, 0);
        int stride = columns + 2;
        for (int i = 0; i < (rows + 1) * stride; i++) {
            int first = levels[i] * SIDE;
            pairs[first + levels[i + 1]]++;
            pairs[TABLE + first + levels[i + stride]]++;
            pairs[2 * TABLE + first + levels[i + stride + 1]]++;
            // wraps in the first column, from border to border
            pairs[3 * TABLE + first + levels[i + stride - 1]]++;
        }
        perimeter =
                Math.PI
                        / 8
                        * (crossings(0)
                                + crossings(1)
                                + (crossings(2) + crossings(3)) / Math.sqrt(2));
        texture();
    }

    private int crossings(int direction) {
        int sum = 0;
        for (int k = 0; k < LEVELS; k++) {
            sum += pairs[direction * TABLE + k * SIDE + OUTSIDE];
            sum += pairs[direction * TABLE + OUTSIDE * SIDE + k];
        }
        return sum;
    }

    private void texture() {
        long all = 0;
        long squares = 0;
        double near = 0;
        double logs = 0;
        for (int i = 0; i < LEVELS; i++) {
            for (int j = i; j < LEVELS; j++) {
                int n = both(i, j);
                if (n == 0) {
                    continue;
                }
                int d = (j - i) * (j - i);
                int times = i == j ? 1 : 2; // the table is symmetric
                all += (long) times * n;
                squares += (long) times * n * d;
                near += times * n / (1.0 + d);
                logs += times * nLogN(n);
            }
        }
        boolean none = all == 0;
        contrast = none ? 0 : (double) squares / all;
        homogeneity = none ? 1 : near / all;
        entropy = none ? 0 : Math.log((double) all) - logs / all;
    }

    /// Pairs of `i` and `j`, in both orders; twice the count on the diagonal, where both orders are
    /// the same entry.
    private int both(int i, int j) {
        int sum = 0;
        for (int d = 0; d < 4; d++) {
            sum += pairs[d * TABLE + i * SIDE + j] + pairs[d * TABLE + j * SIDE + i];
        }
        return sum;
    }

    private static double nLogN(int n) {
        return n < N_LOG_N.length ? N_LOG_N[n] : n * Math.log(n);
    }

    /// Length of the outline in pixels: half the crossings with lines of four directions, each
    /// times the lines' distance and the angle between the directions.
    double perimeter() {
        return perimeter;
    }

    /// Mean squared difference of levels; 0 if there are no neighbours.
    double contrast() {
        return contrast;
    }

    /// Mean of `1/(1 + difference²)`.
    double homogeneity() {
        return homogeneity;
    }

    /// Entropy of the symmetric table, nats.
    double entropy() {
        return entropy;
    }
}
