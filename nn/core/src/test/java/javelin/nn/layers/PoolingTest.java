package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.Module;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class PoolingTest {
    /// ```
    /// 1 2 3 4
    /// 5 6 7 8
    /// ```
    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8};

    private static float[] of(Module layer) {
        return layer.forward(Tensor.of(IMAGE, 1, 2, 4, 1)).floats();
    }

    @Test
    void maxTakesTheLargest() {
        assertThat(of(new MaxPool2d(2))).containsExactly(6, 8);
        assertThat(of(new MaxPool2d(3, 2, 1))).containsExactly(6, 8);
    }

    @Test
    void averageCountsPaddingOrNot() {
        assertThat(of(new AveragePool2d(2))).containsExactly(3.5f, 5.5f);
        assertThat(of(new AveragePool2d(2, 2, 1, true)))
                .containsExactly(0.25f, 1.25f, 1, 1.25f, 3.25f, 2);
        assertThat(of(new AveragePool2d(2, 2, 1, false))).containsExactly(1, 2.5f, 4, 5, 6.5f, 8);
    }

    @Test
    void adaptiveDividesTheImage() {
        assertThat(of(new AdaptiveAveragePool2d(1, 2))).containsExactly(3.5f, 5.5f);
        assertThat(of(new AdaptiveAveragePool2d(2, 3)))
                .containsExactly(1.5f, 2.5f, 3.5f, 5.5f, 6.5f, 7.5f);
    }

    @Test
    void globalTakesTheMean() {
        Tensor y = new GlobalAveragePool().forward(Tensor.of(IMAGE, 1, 2, 2, 2));
        assertThat(y.shape().dims()).containsExactly(1, 2);
        assertThat(y.floats()).containsExactly(4, 5);
    }
}
