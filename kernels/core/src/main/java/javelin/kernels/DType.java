package javelin.kernels;

/// Element type of a buffer.
public enum DType {
    /// 32-bit IEEE 754 number, the type of the `cpu` backend.
    F32(4),
    /// 64-bit IEEE 754 number, the type of the `reference` backend.
    F64(8),
    /// 32-bit signed integer: labels, positions and permutations.
    I32(4);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /// Size of one element in bytes.
    public int bytes() {
        return bytes;
    }

    /// True for the types that carry real numbers, and so gradients.
    public boolean isFloat() {
        return this != I32;
    }
}
