package javelin.kernels.gpu;

import javelin.kernels.Shape;

import java.util.Arrays;

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

    /// The structure: start, rank, sizes, strides; axes of size 1 left out, and neighbours that lie
    /// like one axis merged: each axis costs a division per element.
    int[] words() {
        int[] words = new int[2 + 2 * LARGEST_RANK];
        int rank = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis) == 1) {
                continue;
            }
            int stride = LARGEST_RANK + 1 + rank; // of the axis before
            if (rank > 0 && words[stride] == shape.dim(axis) * strides[axis]) {
                words[1 + rank] *= shape.dim(axis);
                words[stride] = strides[axis];
                continue;
            }
            if (rank == LARGEST_RANK) {
                throw new IllegalArgumentException(
                        "gpu: %s has more than %d axes of other sizes than 1; merge some of them"
                                .formatted(shape, LARGEST_RANK));
            }
            words[2 + rank] = shape.dim(axis);
            words[2 + LARGEST_RANK + rank] = strides[axis];
            rank++;
        }
        words[0] = start;
        words[1] = rank;
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Strides s && Arrays.equals(words(), s.words());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words());
    }

    @Override
    public String toString() {
        return "%d + %s by %s".formatted(start, shape, Arrays.toString(strides));
    }
}
