package javelin.kernels.index;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.softmax.SoftmaxCrossEntropy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

class IndicesTest {
    static Stream<Backend> backends() {
        return Stream.of(Backends.reference(), Backends.cpu());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anIndexBeyondTheEndIsNamed(Backend on) {
        refused(on, new Gather(0), 3, "gather: index 3 at place 1 is not in 0 … 2");
        refused(on, new ScatterAdd(0), -1, "scatterAdd: index -1 at place 1 is not in 0 … 1");
        refused(
                on,
                new SoftmaxCrossEntropy(0),
                5,
                "softmaxCrossEntropy: label 5 at place 1 is not in -1 … 1");
    }

    /// Runs a kernel on `x [3, 2]` and indices `[0, wrong]`, or as many as it wants.
    private static void refused(Backend on, Kernel kernel, int wrong, String message) {
        int rows = kernel instanceof Gather ? 3 : 2;
        View x = View.of(on.upload(new double[rows * 2]), Shape.of(rows, 2));
        View index = View.of(on.upload(new int[] {0, wrong}), Shape.of(2));
        Shape shape = kernel instanceof SoftmaxCrossEntropy ? Shape.of(2) : Shape.of(2, 2);
        View out = View.of(on.allocate(on.floatType(), shape.size()), shape);
        assertThatThrownBy(() -> on.run(kernel, List.of(x, index), out))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(message);
    }
}
