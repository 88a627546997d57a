package javelin.kernels;

/// The memory of a device, or the part of it that may be used, is full.
public final class DeviceMemoryException extends DeviceException {
    private static final long serialVersionUID = 1;

    private final long bytes;

    /// Error for a request of so many bytes.
    public DeviceMemoryException(String message, int code, long bytes) {
        super(message, code, "");
        this.bytes = bytes;
    }

    /// Bytes that were asked for.
    public long bytes() {
        return bytes;
    }
}
