package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;

/// The same elements in the same order under another shape. Free: the result shares the memory of
/// the input.
///
/// @param target shape of the result
public record Reshape(Shape target) implements LinearMap {
    /// `x` under another shape; see the class.
    ///
    /// @param sizes sizes of the result; one may be −1, to be worked out
    /// @throws ShapeException if the number of elements differs
    public static Tensor reshape(Tensor x, int... sizes) {
        return Tensor.apply(new Reshape(complete(x.shape(), sizes)), x);
    }

    private static Shape complete(Shape x, int... sizes) {
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] != -1) {
                known = Math.multiplyExact(known, (long) sizes[i]);
            } else if (unknown < 0) {
                unknown = i;
            } else {
                throw misfit(x, sizes, "has more than one −1");
            }
        }
        if (unknown < 0) {
            return Shape.of(sizes);
        }
        if (known == 0 || x.size() % known != 0) {
            throw misfit(x, sizes, "leaves no whole number for −1");
        }
        int[] dims = sizes.clone();
        dims[unknown] = Math.toIntExact(x.size() / known);
        return Shape.of(dims);
    }

    private static ShapeException misfit(Shape x, int[] sizes, String problem) {
        return new ShapeException(
                "reshape",
                "%s %s (input %s, %d elements)"
                        .formatted(Arrays.toString(sizes), problem, x, x.size()),
                List.of(x));
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        if (x.size() != target.size()) {
            throw new ShapeException(
                    "reshape",
                    "input %s has %d elements, %s has %d"
                            .formatted(x, x.size(), target, target.size()),
                    List.of(x, target));
        }
        return target;
    }

    @Override
    public View output(Backend on, List<View> in, Shape shape, DType type) {
        return in.getFirst().reshape(shape);
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        // the output is the input
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return dy.reshape(x.dims());
    }
}
