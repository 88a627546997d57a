package javelin.kernels;

/// A contiguous, row-major window on a buffer: `shape.size()` elements from `offset` on.
///
/// The innermost axis varies fastest. Images are `[n, h, w, c]`, convolution weights `[kh, kw,
/// c/groups, o]`.
///
/// @param offset position of the first element in the buffer, in elements
public record View(Buffer buffer, int offset, Shape shape) {
    /// Checks that the window lies inside the buffer.
    ///
    /// @throws IndexOutOfBoundsException if it does not
    public View {
        if (offset < 0 || offset + shape.size() > buffer.size()) {
            throw new IndexOutOfBoundsException(
                    "view: %s from %d on does not fit a buffer of %d elements"
                            .formatted(shape, offset, buffer.size()));
        }
    }

    /// Window on a whole buffer.
    public static View of(Buffer buffer, Shape shape) {
        return new View(buffer, 0, shape);
    }

    /// The same elements under another shape of equal size.
    public View reshape(Shape other) {
        assert other.size() == shape.size() : shape + " as " + other;
        return new View(buffer, offset, other);
    }

    /// Type of the elements.
    public DType type() {
        return buffer.type();
    }

    /// Number of elements.
    public int length() {
        return shape.length();
    }

    /// Backing array of a 32-bit host buffer; the window starts at [#offset()].
    public float[] floats() {
        return switch (buffer) {
            case HostBuffer.Floats f -> f.array();
            default -> throw wrongType(DType.F32);
        };
    }

    /// Backing array of a 64-bit host buffer.
    public double[] doubles() {
        return switch (buffer) {
            case HostBuffer.Doubles d -> d.array();
            default -> throw wrongType(DType.F64);
        };
    }

    /// Backing array of an integer host buffer.
    public int[] ints() {
        return switch (buffer) {
            case HostBuffer.Ints i -> i.array();
            default -> throw wrongType(DType.I32);
        };
    }

    private IllegalStateException wrongType(DType wanted) {
        return new IllegalStateException(
                "view: needs host memory of type %s, not %s of %s"
                        .formatted(wanted, buffer.type(), buffer.getClass().getSimpleName()));
    }
}
