/// Kernels and backends: the bottom of Javelin, with no dependency outside the JDK.
@org.jspecify.annotations.NullMarked
module javelin.kernels {
    requires jdk.incubator.vector;
    requires static org.jspecify;

    exports javelin.kernels;
    exports javelin.kernels.conv;
    exports javelin.kernels.cpu;
    exports javelin.kernels.elementwise;
    exports javelin.kernels.fft;
    exports javelin.kernels.gpu;
    exports javelin.kernels.index;
    exports javelin.kernels.layout;
    exports javelin.kernels.matmul;
    exports javelin.kernels.norm;
    exports javelin.kernels.optim;
    exports javelin.kernels.pool;
    exports javelin.kernels.random;
    exports javelin.kernels.reduce;
    exports javelin.kernels.resize;
    exports javelin.kernels.softmax;

    uses javelin.kernels.BackendProvider;
}
