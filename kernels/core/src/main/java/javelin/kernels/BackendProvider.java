package javelin.kernels;

/// How an optional artifact offers its backend: found by [java.util.ServiceLoader], asked for the
/// device only when someone wants it.
public interface BackendProvider {
    /// Name of the backend, as `-Djavelin.backend` takes it.
    String name();

    /// Finds a device and makes the backend on it.
    ///
    /// @throws DeviceException if there is no driver or no device
    /// @throws LinkageError if the driver's library cannot be loaded
    Backend open();
}
