/// The backend `cuda`: kernels on NVIDIA's devices, through the driver alone.
@org.jspecify.annotations.NullMarked
module javelin.kernels.cuda {
    requires transitive javelin.kernels;
    requires jcuda;
    requires static org.jspecify;

    exports javelin.kernels.cuda;

    provides javelin.kernels.BackendProvider with
            javelin.kernels.cuda.CudaProvider;
}
