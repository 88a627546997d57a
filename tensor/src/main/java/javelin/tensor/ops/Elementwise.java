package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Op;

import java.util.List;

/// An op that works element by element on real inputs that broadcast to one shape.
public interface Elementwise extends Op {
    /// The kernel that takes the inputs as they are.
    Kernel kernel();

    @Override
    default Shape shape(List<Shape> in) {
        return Broadcasting.common(name(), in);
    }

    @Override
    default DType type(List<DType> in) {
        for (int i = 0; i < in.size(); i++) {
            if (!in.get(i).isFloat()) {
                throw new IllegalArgumentException(
                        "%s: operand %d holds integers; convert it with Cast.cast(x, type)"
                                .formatted(name(), i));
            }
        }
        return in.getFirst();
    }

    @Override
    default void forward(Backend on, List<View> in, View out) {
        on.run(kernel(), in, out);
    }
}
