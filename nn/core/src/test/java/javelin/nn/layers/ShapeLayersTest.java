package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.resize.Interpolation;
import javelin.nn.init.Init;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class ShapeLayersTest {
    private static final float[] EIGHT = {0, 1, 2, 3, 4, 5, 6, 7};

    @Test
    void flattenKeepsTheBatch() {
        Tensor y = new Flatten().forward(Tensor.of(EIGHT, 2, 1, 2, 2));
        assertThat(y.shape().dims()).containsExactly(2, 4);
        assertThat(y.floats()).isEqualTo(EIGHT);
    }

    @Test
    void pixelShuffleHasTheOrderOfPyTorch() {
        Tensor y = new PixelShuffle(2).forward(Tensor.of(EIGHT, 1, 1, 1, 8));
        assertThat(y.shape().dims()).containsExactly(1, 2, 2, 2);
        assertThat(y.floats()).containsExactly(0, 4, 1, 5, 2, 6, 3, 7);
        assertThat(new PixelUnshuffle(2).forward(y).floats()).isEqualTo(EIGHT);
    }

    @Test
    void upsampleRepeatsOrInterpolates() {
        Tensor x = Tensor.of(new float[] {0, 4}, 1, 1, 2, 1);
        assertThat(new Upsample(2).forward(x).floats()).containsExactly(0, 0, 4, 4, 0, 0, 4, 4);
        var straight = new Upsample(2, new Interpolation.Bilinear(false));
        assertThat(straight.forward(x).floats()).containsExactly(0, 1, 3, 4, 0, 1, 3, 4);
    }

    @Test
    void sequentialAppliesInOrder() {
        Rng rng = Rng.seed(1);
        var twice = new Linear(Linear.Config.of(1, 1).init(Init.constant(2)), rng);
        twice.parameters().get("bias").assign(Tensor.of(new float[] {-3}, 1));
        var layers = new Sequential(twice, Activation.relu(), twice);
        assertThat(layers.size()).isEqualTo(3);
        assertThat(layers.get(0)).isSameAs(twice);
        assertThat(layers.forward(Tensor.of(new float[] {1, 5}, 2, 1)).floats())
                .containsExactly(-3, 11);
    }

    @Test
    void residualAddsAndActivates() {
        Rng rng = Rng.seed(1);
        var minusTwice = new Linear(Linear.Config.of(1, 1).init(Init.constant(-2)), rng);
        Tensor x = Tensor.of(new float[] {3, -3}, 2, 1);
        assertThat(new Residual(minusTwice).forward(x).floats()).containsExactly(-3, 3);
        assertThat(new Residual(minusTwice, minusTwice).forward(x).floats())
                .containsExactly(-12, 12);
        assertThat(new Residual(minusTwice, new Identity(), Activation.relu()).forward(x).floats())
                .containsExactly(0, 3);
    }
}
