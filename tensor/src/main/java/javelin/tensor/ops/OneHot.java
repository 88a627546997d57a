package javelin.tensor.ops;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.tensor.Tensor;

import java.util.List;

/// `y[i…, k] = 1` if `k = index[i…]`, else 0: `index [i…] → [i…, depth]`. Indices outside `0 …
/// depth−1` give zeros. No gradient.
///
/// @param depth number of classes
/// @param result type of the result
public record OneHot(int depth, DType result) implements NoGradient {
    /// Indicator rows of `index`; see the class.
    ///
    /// @throws IllegalArgumentException if `index` does not hold integers
    public static Tensor oneHot(Tensor index, int depth) {
        return Tensor.apply(new OneHot(depth, index.backend().floatType()), index);
    }

    @Override
    public Shape shape(List<Shape> in) {
        return in.getFirst().append(depth);
    }

    @Override
    public DType type(List<DType> in) {
        return Gather.indexed("oneHot", "index", List.of(result, in.getFirst()));
    }

    @Override
    public void forward(Backend on, List<View> in, View out) {
        on.run(new javelin.kernels.index.OneHot(), in, out);
    }
}
