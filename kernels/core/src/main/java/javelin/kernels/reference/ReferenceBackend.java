package javelin.kernels.reference;

import java.util.List;
import javelin.kernels.DType;
import javelin.kernels.HostBackend;
import javelin.kernels.Kernel;
import javelin.kernels.UnsupportedKernelException;
import javelin.kernels.View;
import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.conv.ConvReference;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.elementwise.ElementwiseReference;
import javelin.kernels.elementwise.Ternary;
import javelin.kernels.elementwise.Unary;
import javelin.kernels.matmul.Matmul;
import javelin.kernels.matmul.MatmulReference;
import javelin.kernels.pool.ArgMaxPool2d;
import javelin.kernels.pool.AveragePool2d;
import javelin.kernels.pool.AveragePool2dInput;
import javelin.kernels.pool.MaxPool2d;
import javelin.kernels.pool.PoolReference;
import javelin.kernels.resize.Resize2d;
import javelin.kernels.resize.Resize2dInput;
import javelin.kernels.resize.ResizeReference;

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
            case Matmul f -> MatmulReference.run(f, in, out);
            case Conv2d f -> ConvReference.run(f, in, out);
            case Conv2dInput f -> ConvReference.run(f, in, out);
            case Conv2dWeight f -> ConvReference.run(f, in, out);
            case MaxPool2d f -> PoolReference.run(f, in, out);
            case ArgMaxPool2d f -> PoolReference.run(f, in, out);
            case AveragePool2d f -> PoolReference.run(f, in, out);
            case AveragePool2dInput f -> PoolReference.run(f, in, out);
            case Resize2d f -> ResizeReference.run(f, in, out);
            case Resize2dInput f -> ResizeReference.run(f, in, out);
            default -> throw new UnsupportedKernelException(kernel, out.type(), this);
        }
    }
}
