package javelin.kernels;

/// A backend was asked for a kernel it does not have. Nothing was computed, and nothing was copied
/// to another device.
public final class UnsupportedKernelException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final transient Kernel kernel;
    private final DType type;

    /// Exception for `kernel` with an output of `type` on `backend`.
    public UnsupportedKernelException(Kernel kernel, DType type, Backend backend) {
        super(
                "%s: no kernel for %s in %s; choose another backend with -Djavelin.backend"
                        .formatted(backend.name(), kernel, type));
        this.kernel = kernel;
        this.type = type;
    }

    /// The kernel that is missing.
    public Kernel kernel() {
        return kernel;
    }

    /// The element type it was wanted for.
    public DType type() {
        return type;
    }
}
