package javelin.kernels;

import java.util.Arrays;

/// Sizes of a tensor along its axes, outermost first. Immutable; `[]` is a scalar with one element.
///
/// Axes may be counted from the end: `dim(-1)` is the innermost size.
public final class Shape {
    /// Shape of a scalar.
    public static final Shape SCALAR = new Shape();

    private final int[] dims;
    private final long size;

    private Shape(int... dims) {
        long product = 1;
        for (int d : dims) {
            if (d < 0) {
                throw new IllegalArgumentException(
                        "shape: size " + d + " is negative in " + Arrays.toString(dims));
            }
            if (d > 0 && product > Long.MAX_VALUE / d) {
                throw new IllegalArgumentException(
                        "shape: " + Arrays.toString(dims) + " has more than 2^63 elements");
            }
            product *= d;
        }
        this.dims = dims;
        this.size = product;
    }

    /// Shape with the given sizes.
    ///
    /// @throws IllegalArgumentException if a size is negative
    public static Shape of(int... dims) {
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    /// Number of axes.
    public int rank() {
        return dims.length;
    }

    /// Size along an axis; negative axes count from the end.
    public int dim(int axis) {
        return dims[axis(axis)];
    }

    /// Number of elements; 1 for a scalar, 0 if any size is 0.
    public long size() {
        return size;
    }

    /// Number of elements as an array length.
    ///
    /// @throws IllegalArgumentException if it exceeds the longest Java array
    public int length() {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "shape: %s has %,d elements; one tensor holds at most 2^31 - 1"
                            .formatted(this, size));
        }
        return (int) size;
    }

    /// Copy of the sizes.
    public int[] dims() {
        return dims.clone();
    }

    /// Axis as a number in `0 … rank−1`.
    ///
    /// @throws IndexOutOfBoundsException if there is no such axis
    public int axis(int axis) {
        int a = axis < 0 ? axis + dims.length : axis;
        if (a < 0 || a >= dims.length) {
            throw new IndexOutOfBoundsException("shape: no axis " + axis + " in " + this);
        }
        return a;
    }

    /// This shape with one size replaced.
    public Shape with(int axis, int size) {
        int[] d = dims.clone();
        d[axis(axis)] = size;
        return new Shape(d);
    }

    /// Product of the sizes of axes `from` (inclusive) to `to` (exclusive); 1 for an empty range.
    public int product(int from, int to) {
        int p = 1;
        for (int i = from; i < to; i++) {
            p = Math.multiplyExact(p, dims[i]);
        }
        return p;
    }

    /// Axes `from` (inclusive) to `to` (exclusive).
    public Shape range(int from, int to) {
        return of(Arrays.copyOfRange(dims, from, to));
    }

    /// This shape followed by further axes.
    public Shape append(int... more) {
        int[] d = Arrays.copyOf(dims, dims.length + more.length);
        System.arraycopy(more, 0, d, dims.length, more.length);
        return new Shape(d);
    }

    /// Row-major distance between neighbours along each axis, in elements.
    public int[] strides() {
        int[] strides = new int[dims.length];
        int step = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(dims[i], 1);
        }
        return strides;
    }

    /// Whether this shape can be stretched to `target`: aligned at the innermost axis, each size is
    /// equal or 1.
    public boolean broadcastsTo(Shape target) {
        int lead = target.rank() - rank();
        if (lead < 0) {
            return false;
        }
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] != target.dims[i + lead] && dims[i] != 1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape s && Arrays.equals(dims, s.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
