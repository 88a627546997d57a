package javelin.algorithms.fourierspi.cytometry;

import java.util.Arrays;

/// Cuts cells that touch: distance of each pixel from the outside, then a flood from the deepest
/// pixels; where two floods meet at a neck, there the cut is. Not thread-safe.
///
/// @see "Vincent and Soille, Watersheds in digital spaces, 1991"
final class Watershed {
    private int[] squares = new int[0]; // squared distance, a border of one pixel
    private int[] depths = new int[0]; // distance up or down
    private int[] starts = new int[0];
    private int[] order = new int[0];
    private int[] basins = new int[0];
    private int[] parents = new int[0];
    private int[] peaks = new int[0];
    private int parts;

    private void ensure(int pixels) {
        if (squares.length < pixels) {
            squares = new int[pixels];
            depths = new int[pixels];
            order = new int[pixels];
            basins = new int[pixels];
            parents = new int[pixels + 1];
            peaks = new int[pixels + 1];
        }
    }

    /// Squared Euclidean distance of each pixel from the nearest one outside, exact; 0 outside.
    ///
    /// First the distance along columns, then for each pixel the least `(distance along column j)²
    /// + (i − j)²` over the columns of its row, nearest ones first.
    ///
    /// @param inside `[rows + 2, cols + 2]`, the border 0
    /// @return of the same layout; reused by the next call
    /// @see "Felzenszwalb and Huttenlocher, Distance transforms of sampled functions, 2012"
    int[] squaredDistances(byte[] inside, int rows, int cols) {
        int stride = cols + 2;
        ensure((rows + 2) * stride);
        Arrays.fill(depths, 0, stride, 0);
        Arrays.fill(depths, (rows + 1) * stride, (rows + 2) * stride, 0);
        for (int i = stride; i < (rows + 1) * stride; i++) {
            depths[i] = inside[i] == 0 ? 0 : depths[i - stride] + 1;
        }
        for (int i = (rows + 1) * stride - 1; i >= stride; i--) {
            depths[i] = Math.min(depths[i], depths[i + stride] + 1);
        }
        Arrays.fill(squares, 0, (rows + 2) * stride, 0);
        for (int r = 1; r <= rows; r++) {
            for (int c = 1; c <= cols; c++) {
                int i = r * stride + c;
                int best = depths[i] * depths[i];
                for (int d = 1; d * d < best; d++) {
                    // ends at the border at the latest, whose depth is 0
                    int left = depths[i - d];
                    int right = depths[i + d];
                    best = Math.min(best, Math.min(left * left, right * right) + d * d);
                }
                squares[i] = best;
            }
        }
        return squares;
    }

    /// Parts of one component.
    ///
    /// Pixels are flooded from the deepest on. One that meets two basins joins them if it is nearly
    /// as deep as the shallower of them, or is where they stay apart.
    ///
    /// @param inside `[rows + 2, cols + 2]`, the border 0
    /// @param neck how much narrower than the smaller part the neck must be to be cut, in `(0, 1)`
    /// @return part of each pixel from 1, of the same layout, 0 outside; reused by the next call.
    ///   Their number is [#parts()].
    int[] split(byte[] inside, int rows, int cols, double neck) {
        squaredDistances(inside, rows, cols);
        int stride = cols + 2;
        int pixels = sort((rows + 2) * stride);
        Arrays.fill(basins, 0, (rows + 2) * stride, 0);
        double share = (1 - neck) * (1 - neck); // of squares
        int next = 0;
        for (int k = 0; k < pixels; k++) {
            int i = order[k];
            int deepest = 0; // neighbour
            for (int e = 0; e < 8; e++) {
                int j = neighbour(i, e, stride);
                if (basins[j] != 0 && (deepest == 0 || squares[j] > squares[deepest])) {
                    deepest = j;
                }
            }
            if (deepest == 0) {
                basins[i] = ++next;
                parents[next] = next;
                peaks[next] = squares[i];
                continue;
            }
            int mine = Morphology.root(parents, basins[deepest]);
            for (int e = 0; e < 8; e++) {
                int other = basins[neighbour(i, e, stride)];
                if (other != 0) {
                    int root = Morphology.root(parents, other);
                    if (root != mine && squares[i] >= share * Math.min(peaks[mine], peaks[root])) {
                        int deep = Math.max(peaks[mine], peaks[root]);
                        int low = Math.min(mine, root);
                        parents[Math.max(mine, root)] = low;
                        peaks[low] = deep;
                        mine = low;
                    }
                }
            }
            basins[i] = mine;
        }
        parts = 0;
        for (int b = 1; b <= next; b++) {
            int root = Morphology.root(parents, b);
            // roots come before what hangs on them: peaks can take their final numbers
            peaks[b] = root == b ? ++parts : peaks[root];
        }
        for (int k = 0; k < pixels; k++) {
            basins[order[k]] = peaks[basins[order[k]]];
        }
        return basins;
    }

    /// Number of parts of the last split.
    int parts() {
        return parts;
    }

    private static int neighbour(int i, int e, int stride) {
        return switch (e) {
            case 0 -> i - stride - 1;
            case 1 -> i - stride;
            case 2 -> i - stride + 1;
            case 3 -> i - 1;
            case 4 -> i + 1;
            case 5 -> i + stride - 1;
            case 6 -> i + stride;
            default -> i + stride + 1;
        };
    }

    /// Pixels inside in `order`, the deepest first, equal ones as they come; returns their number.
    private int sort(int size) {
        int most = 0;
        for (int i = 0; i < size; i++) {
            most = Math.max(most, squares[i]);
        }
        if (starts.length < most + 2) {
            starts = new int[most + 2];
        }
        Arrays.fill(starts, 0, most + 2, 0);
        for (int i = 0; i < size; i++) {
            starts[most - squares[i] + 1]++;
        }
        for (int d = 1; d <= most; d++) {
            starts[d] += starts[d - 1];
        }
        int pixels = starts[most]; // the last class, squares 0, is the outside
        for (int i = 0; i < size; i++) {
            if (squares[i] > 0) {
                order[starts[most - squares[i]]++] = i;
            }
        }
        return pixels;
    }
}
