package javelin.kernels.cuda;

import javelin.kernels.DeviceException;

import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/// Errors of the driver.
final class Driver {
    private Driver() {}

    /// @throws DeviceException with the error's name and number if `code` is one
    static void check(int code, String call) {
        if (code != CUresult.CUDA_SUCCESS) {
            throw new DeviceException(
                    "cuda: %s failed with %s".formatted(call, error(code)), code, "");
        }
    }

    /// Name and number of an error.
    static String error(int code) {
        String[] name = {null};
        JCudaDriver.cuGetErrorName(code, name);
        return "%s (%d)".formatted(name[0] == null ? "an unknown error" : name[0], code);
    }
}
