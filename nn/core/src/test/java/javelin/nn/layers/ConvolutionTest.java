package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.init.Init;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class ConvolutionTest {
    private static final Rng RNG = Rng.seed(1);

    private static Tensor count(int... shape) {
        double[] values = new double[Tensor.zeros(shape).shape().length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return Tensor.of(values, shape);
    }

    @Test
    void conv2dSumsWindows() {
        var layer = new Conv2d(Conv2d.Config.of(1, 1, 2).init(Init.ones()), RNG);
        layer.parameters().get("bias").assign(Tensor.of(new double[] {100}, 1));
        Tensor y = layer.forward(count(1, 3, 3, 1)); // 0 1 2 / 3 4 5 / 6 7 8
        assertThat(y.shape().dims()).containsExactly(1, 2, 2, 1);
        assertThat(y.floats()).containsExactly(108, 112, 120, 124);
    }

    @Test
    void samePaddingKeepsTheSizeAndStrideHalvesIt() {
        var same = new Conv2d(Conv2d.Config.same(1, 2, 3), RNG);
        assertThat(same.forward(count(1, 5, 4, 1)).shape().dims()).containsExactly(1, 5, 4, 2);
        var half = new Conv2d(Conv2d.Config.same(1, 2, 3).stride(2), RNG);
        assertThat(half.forward(count(1, 5, 4, 1)).shape().dims()).containsExactly(1, 3, 2, 2);
    }

    @Test
    void groupsSeeTheirOwnChannels() {
        var config = Conv2d.Config.of(2, 2, 1).groups(2).bias(false);
        var layer = new Conv2d(config.init(Init.ones()), RNG);
        Tensor x = count(1, 1, 2, 2);
        assertThat(layer.forward(x).floats()).isEqualTo(x.floats());
        assertThatThrownBy(() -> config.groups(3))
                .hasMessage("conv2d: 3 groups do not divide 2 and 2 channels");
    }

    @Test
    void transposedConvolutionSpreadsPixels() {
        var config = ConvTranspose2d.Config.of(1, 1, 2, 2, 0).init(Init.ones());
        Tensor y = new ConvTranspose2d(config, RNG).forward(count(1, 1, 2, 1));
        assertThat(y.shape().dims()).containsExactly(1, 2, 4, 1);
        assertThat(y.floats()).containsExactly(0, 0, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void transposedConvolutionInvertsSizes() {
        var config = ConvTranspose2d.Config.of(3, 2, 4, 2, 1);
        Tensor x = Tensor.ones(1, 5, 6, 3);
        assertThat(new ConvTranspose2d(config, RNG).forward(x).shape().dims())
                .containsExactly(1, 10, 12, 2);
        assertThat(new ConvTranspose2d(config.extra(1), RNG).forward(x).shape().dims())
                .containsExactly(1, 11, 13, 2);
        assertThatThrownBy(() -> config.extra(2)).hasMessageContaining("extra must be in");
    }

    @Test
    void depthwiseSeparableIsTheProductOfItsParts() {
        var layer = new DepthwiseSeparableConv2d(2, 3, 3, 1, RNG);
        assertThat(layer.parameters())
                .containsOnlyKeys("depthwise.weight", "pointwise.weight", "pointwise.bias");
        layer.parameters().get("depthwise.weight").assign(Tensor.ones(3, 3, 1, 2));
        layer.parameters().get("pointwise.weight").assign(Tensor.ones(1, 1, 2, 3));
        Tensor y = layer.forward(Tensor.ones(1, 3, 3, 2));
        assertThat(y.shape().dims()).containsExactly(1, 3, 3, 3);
        float[] values = y.floats();
        assertThat(values[0]).isEqualTo(2 * 4); // a corner sees four pixels of two channels
        assertThat(values[4 * 3]).isEqualTo(2 * 9);
    }
}
