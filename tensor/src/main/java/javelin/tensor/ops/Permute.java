package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Reordered axes: axis `i` of the result is axis `order[i]` of the input. Copies.
///
/// @param order a permutation of `0 … rank−1`
public record Permute(List<Integer> order) implements LinearMap {
    /// Copies the list.
    public Permute {
        order = List.copyOf(order);
    }

    /// `x` with its axes in another order; see the class.
    ///
    /// @throws ShapeException if `order` does not name each axis once
    public static Tensor permute(Tensor x, int... order) {
        int rank = x.shape().rank();
        int[] fromFront = Arrays.stream(order).map(a -> a < 0 ? a + rank : a).toArray();
        return Tensor.apply(new Permute(Axes.list(fromFront)), x);
    }

    @Override
    public Shape shape(List<Shape> in) {
        Shape x = in.getFirst();
        List<Integer> all = IntStream.range(0, x.rank()).boxed().toList();
        if (!order.stream().sorted().toList().equals(all)) {
            throw new ShapeException(
                    "permute",
                    "order %s must name each of the %d axes of %s once"
                            .formatted(order, x.rank(), x),
                    in);
        }
        return Shape.of(order.stream().mapToInt(x::dim).toArray());
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.layout.Permute(order), in, out);
    }

    @Override
    public Tensor adjoint(Shape x, Tensor dy) {
        return permute(dy, IntStream.range(0, x.rank()).map(order::indexOf).toArray());
    }
}
