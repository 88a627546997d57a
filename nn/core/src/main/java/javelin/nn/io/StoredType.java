package javelin.nn.io;

/// Element type of a tensor in a safetensors file.
public enum StoredType {
    /// 64-bit number.
    F64(8),
    /// 32-bit number.
    F32(4),
    /// 16-bit number of IEEE 754.
    F16(2),
    /// The upper 16 bits of a 32-bit number.
    BF16(2),
    /// 64-bit signed integer.
    I64(8),
    /// 32-bit signed integer.
    I32(4),
    /// 16-bit signed integer.
    I16(2),
    /// 8-bit signed integer.
    I8(1),
    /// 8-bit unsigned integer.
    U8(1),
    /// One byte, 0 or 1.
    BOOL(1);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /// Size of one element.
    public int bytes() {
        return bytes;
    }
}
