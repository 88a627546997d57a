package javelin.kernels.opencl;

import static org.junit.jupiter.api.Assumptions.abort;

import javelin.kernels.DeviceException;
import javelin.kernels.gpu.GpuBackend;

/// A device for tests. Without one they are skipped and say why, or fail with
/// `-Djavelin.require=opencl`.
final class OpenCl {
    private OpenCl() {}

    /// A device of its own, to be closed.
    static OpenClDevice device() {
        try {
            return OpenClDevice.open();
        } catch (DeviceException | LinkageError e) {
            if (System.getProperty("javelin.require", "").contains("opencl")) {
                throw new AssertionError("no OpenCL device, but -Djavelin.require=opencl", e);
            }
            return abort("skipped: " + e.getMessage());
        }
    }

    /// A backend on a device of its own, to be closed.
    static GpuBackend backend() {
        return new GpuBackend(device());
    }
}
