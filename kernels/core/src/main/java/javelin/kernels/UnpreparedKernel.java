package javelin.kernels;

import java.util.List;

/// A kernel that gains nothing from preparation.
record UnpreparedKernel(Backend backend, Kernel kernel) implements PreparedKernel {
    @Override
    public String method() {
        return "plain";
    }

    @Override
    public Runnable bind(List<View> inputs, View output) {
        return () -> backend.run(kernel, inputs, output);
    }
}
