package javelin.kernels.matmul;

import javelin.kernels.View;
import javelin.kernels.elementwise.ElementwiseGpu;
import javelin.kernels.gpu.Launch;

import java.util.List;

/// The epilogue of products on a device: parameters of the kernel, in `matmul/epilogue.k`.
public final class EpilogueGpu {
    private EpilogueGpu() {}

    /// Adds the parameters; the operands start at input number `first`. A part that is not there is
    /// passed as `y` and not read.
    public static Launch add(Launch launch, Epilogue e, List<View> in, int first, View y) {
        int operand = first;
        View scale = e.scale() ? in.get(operand++) : y;
        View bias = e.bias() ? in.get(operand++) : y;
        View residual = e.residual() ? in.get(operand) : y;
        int parts = (e.scale() ? 1 : 0) + (e.bias() ? 2 : 0) + (e.residual() ? 4 : 0);
        return launch.with(parts, ElementwiseGpu.number(e.activation()))
                .floats(scale)
                .floats(bias)
                .floats(residual);
    }
}
