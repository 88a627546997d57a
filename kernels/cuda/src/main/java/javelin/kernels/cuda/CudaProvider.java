package javelin.kernels.cuda;

import javelin.kernels.Backend;
import javelin.kernels.BackendProvider;
import javelin.kernels.gpu.GpuBackend;

/// Offers the backend `cuda`.
public final class CudaProvider implements BackendProvider {
    /// For [java.util.ServiceLoader].
    public CudaProvider() {}

    @Override
    public String name() {
        return CudaDevice.NAME;
    }

    @Override
    public Backend open() {
        return new GpuBackend(CudaDevice.open());
    }
}
