package javelin.kernels.reference;

import java.util.List;
import javelin.kernels.DType;
import javelin.kernels.HostBackend;
import javelin.kernels.Kernel;
import javelin.kernels.View;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.ElementwiseReference;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.UnsupportedKernelException;

/// Every kernel in 64 bits and plain loops, written to be read: the oracle of all other backends.
public final class ReferenceBackend extends HostBackend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public DType floatType() {
        return DType.F64;
    }

    @Override
    public boolean supports(Kernel kernel, DType type) {
        return type != DType.F32;
    }

    @Override
    public void run(Kernel kernel, List<View> in, View out) {
        switch (kernel) {
            case Unary f -> ElementwiseReference.run(f, in, out);
            case Binary f -> ElementwiseReference.run(f, in, out);
            case Ternary f -> ElementwiseReference.run(f, in, out);
            default -> throw new UnsupportedKernelException(kernel, out.type(), this);
        }
    }
}
