package javelin.kernels.gpu;

import javelin.kernels.Shape;

/// Where the elements of an array of some shape lie in another one: element `[j0, j1, …]` at `start
/// + Σ j·stride`. Kernels take it as the structure `Strides` with their function `position`.
///
/// @param start position of the first element
public record Strides(int start, Shape shape, int[] strides) {
    /// Axes that the structure of the kernels holds.
    public static final int LARGEST_RANK = 8;

    /// Row-major positions.
    public static Strides of(Shape shape) {
        return new Strides(0, shape, shape.strides());
    }

    /// Positions in an array of shape `x` that is stretched to `target`: axes aligned at the
    /// innermost, those of size 1 repeated.
    public static Strides broadcast(Shape x, Shape target) {
        int[] own = x.strides();
        int[] strides = new int[target.rank()];
        int lead = target.rank() - x.rank();
        for (int axis = 0; axis < x.rank(); axis++) {
            strides[lead + axis] = x.dim(axis) == 1 ? 0 : own[axis];
        }
        return new Strides(0, target, strides);
    }

    /// Number of elements.
    public int length() {
        return shape.length();
    }

    /// The structure: start, rank, sizes, strides; without axes of size 1, and with neighbours that
    /// lie like one axis merged, as each axis costs a division per element.
    int[] words() {
        int[] sizes = new int[shape.rank()];
        int[] steps = new int[shape.rank()];
        int rank = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            int size = shape.dim(axis);
            if (size == 1) {
                continue;
            }
            if (rank > 0 && steps[rank - 1] == size * strides[axis]) {
                rank--;
                size *= sizes[rank];
            }
            sizes[rank] = size;
            steps[rank] = strides[axis];
            rank++;
        }
        return words(rank, sizes, steps);
    }

    /// The structure with all axes as they are.
    int[] plainWords() {
        return words(shape.rank(), shape.dims(), strides);
    }

    private int[] words(int rank, int[] sizes, int[] steps) {
        if (rank > LARGEST_RANK) {
            throw new IllegalArgumentException(
                    "gpu: %s has more than %d axes; merge some of them"
                            .formatted(shape, LARGEST_RANK));
        }
        int[] words = new int[2 + 2 * LARGEST_RANK];
        words[0] = start;
        words[1] = rank;
        System.arraycopy(sizes, 0, words, 2, rank);
        System.arraycopy(steps, 0, words, 2 + LARGEST_RANK, rank);
        return words;
    }
}
