package javelin.kernels.layout;

import javelin.kernels.Shape;

/// Where the elements of a contiguous array come from (or go to) in another one, axis by axis:
/// element `[j0, j1, …]` belongs to position `Σ map[axis][j]`, and to none if one of them is
/// [#NONE]. Broadcasting, permuting, slicing, padding and flipping are all of this form.
final class AxisMap {
    /// No position: the constant of a padding.
    static final int NONE = -1;

    private final int[] sizes;
    private final int[][] maps;

    /// Map of an array of that shape; one table per axis, as long as the axis.
    AxisMap(Shape shape, int[][] maps) {
        this.sizes = shape.dims();
        this.maps = maps;
    }

    /// Table of an axis of `size` elements that lie `stride` apart, from `start` on.
    static int[] progression(int size, int start, int stride) {
        int[] table = new int[size];
        for (int j = 0; j < size; j++) {
            table[j] = start + j * stride;
        }
        return table;
    }

    /// Elements of the innermost axes that lie side by side in both arrays: the unit of copying.
    int block() {
        int block = 1;
        for (int axis = sizes.length - 1; axis >= 0 && isDense(axis, block); axis--) {
            block *= sizes[axis];
        }
        return block;
    }

    private boolean isDense(int axis, int block) {
        for (int j = 0; j < sizes[axis]; j++) {
            if (maps[axis][j] != j * block) {
                return false;
            }
        }
        return true;
    }

    /// Number of axes in front of the block.
    private int sparseAxes() {
        int axes = sizes.length;
        int block = 1;
        while (axes > 0 && isDense(axes - 1, block)) {
            block *= sizes[axes - 1];
            axes--;
        }
        return axes;
    }

    /// The array as rows of blocks: a row is the innermost axis in front of the block.
    Rows rows() {
        int sparse = sparseAxes();
        int outer = Math.max(0, sparse - 1);
        int count = 1;
        for (int axis = 0; axis < outer; axis++) {
            count *= sizes[axis];
        }
        int[] row = sparse == 0 ? new int[] {0} : maps[outer];
        return new Rows(this, outer, count, row, block());
    }

    /// Position of the first element of a row without the share of the row's own axis.
    private int base(int row, int outer) {
        int base = 0;
        int rest = row;
        for (int axis = outer - 1; axis >= 0; axis--) {
            int share = maps[axis][rest % sizes[axis]];
            if (share == NONE) {
                return NONE;
            }
            base += share;
            rest /= sizes[axis];
        }
        return base;
    }

    /// An array as `count` rows of `row.length` blocks of `block` elements each.
    ///
    /// @param row where the blocks of a row lie, relative to the base of the row
    record Rows(AxisMap map, int outer, int count, int[] row, int block) {
        /// Elements of one row.
        int length() {
            return row.length * block;
        }

        /// Position all of a row is relative to, or [#NONE].
        int base(int number) {
            return map.base(number, outer);
        }

        /// Blocks from `j` on that lie at equal distances, as far as possible.
        int run(int j) {
            if (row[j] == NONE) {
                int end = j + 1;
                while (end < row.length && row[end] == NONE) {
                    end++;
                }
                return end - j;
            }
            int end = j + 1;
            while (end < row.length && row[end] != NONE && step(end) == step(j + 1)) {
                end++;
            }
            return end - j;
        }

        /// Distance of block `j` from the one before.
        int step(int j) {
            return row[j] - row[j - 1];
        }
    }
}
