package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnReference.class)
class PrintingTest {
    @Test
    void matrix() {
        Tensor x = Tensor.of(new double[] {1, -2.5, 3, 40}, 2, 2);
        assertThat(x)
                .hasToString(
                        """
                        [[ 1.0000, -2.5000],
                         [ 3.0000, 40.0000]]
                        F64 [2, 2] on reference\
                        """);
    }

    @Test
    void scalarAndEmpty() {
        assertThat(Tensor.scalar(0.5)).hasToString("0.5000\nF64 [] on reference");
        assertThat(Tensor.zeros(0, 3)).hasToString("[]\nF64 [0, 3] on reference");
    }

    @Test
    void integers() {
        assertThat(Tensor.of(new int[] {1, 20}, 2)).hasToString("[ 1, 20]\nI32 [2] on reference");
    }

    @Test
    void largeSmallAndSpecialNumbers() {
        Tensor x = Tensor.of(new double[] {1e6, Double.NaN, Double.NEGATIVE_INFINITY}, 3);
        assertThat(x).hasToString("[1.0000e+06,        nan,       -inf]\nF64 [3] on reference");
    }

    @Test
    void blocksAreApart() {
        assertThat(Tensor.of(new int[] {1, 2, 3, 4}, 2, 1, 2))
                .hasToString("[[[1, 2]],\n\n [[3, 4]]]\nI32 [2, 1, 2] on reference");
    }

    @Test
    void longAxesAreShortened() {
        assertThat(Tensor.zeros(2000))
                .hasToString(
                        "[0.0000, 0.0000, 0.0000, …, 0.0000, 0.0000, 0.0000]\nF64 [2000] on reference");
    }
}
