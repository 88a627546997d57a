package javelin.nn.prune;

import javelin.kernels.Shape;

import java.util.Arrays;
import java.util.TreeSet;

/// The labels of the channels of one tensor. They may vary along several axes, as they do between
/// the two reshapes of a pixel shuffle; along all other axes a channel is the same.
///
/// @param axes axes along which labels vary, ascending
/// @param sizes sizes of the tensor along them
/// @param labels row-major over these axes
@SuppressWarnings("ArrayRecordComponent") // a table of labels, never compared
record Lattice(int[] axes, int[] sizes, int[] labels) {
    /// One label per position of one axis.
    static Lattice along(int axis, int... labels) {
        return new Lattice(new int[] {axis}, new int[] {labels.length}, labels);
    }

    boolean varies(int axis) {
        return Arrays.binarySearch(axes, axis) >= 0;
    }

    /// The same labels with every axis under another number, not necessarily in the same order.
    ///
    /// @param to new number of each of [#axes]
    Lattice renamed(int... to) {
        Integer[] order = new Integer[axes.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(to[a], to[b]));
        int[] newAxes = new int[axes.length];
        int[] newSizes = new int[axes.length];
        int[] steps = new int[axes.length]; // of the old labels, along the new axes
        int[] old = Shape.of(sizes).strides();
        for (int i = 0; i < order.length; i++) {
            newAxes[i] = to[order[i]];
            newSizes[i] = sizes[order[i]];
            steps[i] = old[order[i]];
        }
        return new Lattice(newAxes, newSizes, gathered(newSizes, steps));
    }

    /// The same labels where further axes are listed, along which they are the same.
    ///
    /// @param wanted axes, ascending, with all of [#axes] among them
    /// @param shape sizes of the tensor
    Lattice over(int[] wanted, Shape shape) {
        if (Arrays.equals(wanted, axes)) {
            return this;
        }
        int[] newSizes = new int[wanted.length];
        int[] steps = new int[wanted.length];
        int[] old = Shape.of(sizes).strides();
        for (int i = 0; i < wanted.length; i++) {
            int at = Arrays.binarySearch(axes, wanted[i]);
            newSizes[i] = at < 0 ? shape.dim(wanted[i]) : sizes[at];
            steps[i] = at < 0 ? 0 : old[at];
        }
        return new Lattice(wanted, newSizes, gathered(newSizes, steps));
    }

    /// Labels of another form, read from these with the given step per axis.
    private int[] gathered(int[] newSizes, int... steps) {
        int count = Shape.of(newSizes).length();
        int[] result = new int[count];
        for (int i = 0; i < count; i++) {
            int rest = i;
            int from = 0;
            for (int a = newSizes.length - 1; a >= 0; a--) {
                from += rest % newSizes[a] * steps[a];
                rest /= newSizes[a];
            }
            result[i] = labels[from];
        }
        return result;
    }

    /// Axes along which any of two vary, ascending.
    static int[] union(int[] a, int[] b) {
        var all = new TreeSet<Integer>();
        for (int axis : a) {
            all.add(axis);
        }
        for (int axis : b) {
            all.add(axis);
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }
}
