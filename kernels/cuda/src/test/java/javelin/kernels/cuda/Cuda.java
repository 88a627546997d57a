package javelin.kernels.cuda;

import static org.junit.jupiter.api.Assumptions.abort;

import javelin.kernels.DeviceException;
import javelin.kernels.gpu.GpuBackend;

/// A device for tests. Without one they are skipped and say why, or fail with
/// `-Djavelin.require=cuda`.
final class Cuda {
    private Cuda() {}

    /// A device of its own, to be closed.
    static CudaDevice device() {
        try {
            return CudaDevice.open();
        } catch (DeviceException e) {
            if (System.getProperty("javelin.require", "").contains("cuda")) {
                throw new AssertionError("no CUDA device, but -Djavelin.require=cuda", e);
            }
            return abort("skipped: " + e.getMessage());
        }
    }

    /// A backend on a device of its own, to be closed.
    static GpuBackend backend() {
        return new GpuBackend(device());
    }
}
