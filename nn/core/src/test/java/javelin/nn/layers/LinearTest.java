package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.nn.init.Init;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class LinearTest {
    @Test
    void multipliesByWeightAndAddsBias() {
        var layer = new Linear(2, 3, Rng.seed(1));
        layer.parameters().get("weight").assign(Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3));
        layer.parameters().get("bias").assign(Tensor.of(new double[] {10, 20, 30}, 3));
        Tensor y = layer.forward(Tensor.of(new double[] {1, 0, 1, -1}, 2, 2));
        assertThat(y.floats()).containsExactly(11, 22, 33, 7, 17, 27);
    }

    @Test
    void takesAnyNumberOfLeadingAxes() {
        var layer = new Linear(4, 3, Rng.seed(1));
        assertThat(layer.forward(Tensor.ones(2, 5, 4)).shape().dims()).containsExactly(2, 5, 3);
    }

    @Test
    void mayHaveNoBias() {
        var layer = new Linear(Linear.Config.of(2, 1).bias(false).init(Init.ones()), Rng.seed(1));
        assertThat(layer.parameters()).containsOnlyKeys("weight");
        assertThat(layer.forward(Tensor.of(new double[] {3, 4}, 1, 2)).item()).isEqualTo(7);
    }
}
