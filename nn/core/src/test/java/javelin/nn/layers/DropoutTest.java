package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class DropoutTest {
    @Test
    void keepsTheExpectation() {
        var layer = new Dropout(0.25, Rng.seed(1));
        float[] y = layer.forward(Tensor.ones(100, 100)).floats();
        double sum = 0;
        for (float v : y) {
            assertThat(v).isIn(0f, (float) (1 / 0.75));
            sum += v;
        }
        // six standard deviations of the mean: 6 · √(0.25/0.75) / 100
        assertThat(sum / y.length).isCloseTo(1, within(0.035));
    }

    @Test
    void isTheIdentityInInference() {
        var layer = new Dropout(0.9, Rng.seed(1));
        layer.training(false);
        Tensor x = Tensor.ones(3, 3);
        assertThat(layer.forward(x)).isSameAs(x);
    }

    @Test
    void dropPathDropsWholeSamples() {
        var layer = new DropPath(0.5, Rng.seed(1));
        float[] y = layer.forward(Tensor.ones(64, 2, 3)).floats();
        int dropped = 0;
        for (int n = 0; n < 64; n++) {
            for (int i = 1; i < 6; i++) {
                assertThat(y[n * 6 + i]).isEqualTo(y[n * 6]).isIn(0f, 2f);
            }
            dropped += y[n * 6] == 0 ? 1 : 0;
        }
        assertThat(dropped).isBetween(16, 48);
    }

    @Test
    void probabilityIsBelowOne() {
        assertThatThrownBy(() -> new Dropout(1, Rng.seed(1)))
                .hasMessage("dropout: p must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new DropPath(-0.1, Rng.seed(1)))
                .hasMessage("dropPath: p must be in [0, 1), got -0.1");
    }
}
