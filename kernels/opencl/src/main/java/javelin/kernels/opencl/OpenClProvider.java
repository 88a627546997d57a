package javelin.kernels.opencl;

import javelin.kernels.Backend;
import javelin.kernels.BackendProvider;
import javelin.kernels.gpu.GpuBackend;

/// Offers the backend `opencl`.
public final class OpenClProvider implements BackendProvider {
    /// For [java.util.ServiceLoader].
    public OpenClProvider() {}

    @Override
    public String name() {
        return OpenClDevice.NAME;
    }

    @Override
    public Backend open() {
        return new GpuBackend(OpenClDevice.open());
    }
}
