/// The backend `opencl`: kernels on any device with an OpenCL 1.2 driver.
@org.jspecify.annotations.NullMarked
module javelin.kernels.opencl {
    requires transitive javelin.kernels;
    requires jocl;
    requires static org.jspecify;

    exports javelin.kernels.opencl;

    provides javelin.kernels.BackendProvider with
            javelin.kernels.opencl.OpenClProvider;
}
