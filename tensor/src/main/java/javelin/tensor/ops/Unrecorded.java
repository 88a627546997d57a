package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.layout.Fill;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/// Kernels run on values without a place in the graph: fused gradients, and constants of a kernel.
final class Unrecorded {
    private Unrecorded() {}

    /// Result of a kernel, without history.
    static Tensor run(Kernel kernel, Shape shape, Tensor... inputs) {
        Backend on = inputs[0].backend();
        View out = View.of(on.allocate(inputs[0].type(), shape.size()), shape);
        on.run(kernel, Arrays.stream(inputs).map(Tensor::view).toList(), out);
        return Tensor.wrap(on, out);
    }

    /// Memory of one number.
    static View scalar(Backend on, DType type, double value) {
        View out = View.of(on.allocate(type, 1), Shape.SCALAR);
        on.run(new Fill(value), List.of(), out);
        return out;
    }
}
