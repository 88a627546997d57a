package javelin.kernels;

/// A device could not do what was asked: no driver, no device, a source that does not compile, an
/// error of the driver, use after close.
public class DeviceException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String log;

    /// Error without a code of the driver.
    public DeviceException(String message) {
        this(message, 0, "");
    }

    /// Error of the driver.
    ///
    /// @param code number of the driver's error, 0 for none
    /// @param log what the compiler of the device printed, empty for nothing
    public DeviceException(String message, int code, String log) {
        super(log.isBlank() ? message : message + System.lineSeparator() + log.strip());
        this.code = code;
        this.log = log;
    }

    /// Number of the driver's error, 0 for none.
    public int code() {
        return code;
    }

    /// What the compiler of the device printed, empty for nothing.
    public String log() {
        return log;
    }
}
