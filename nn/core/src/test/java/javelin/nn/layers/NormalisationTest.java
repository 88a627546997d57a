package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.nn.Module;
import javelin.tensor.Rng;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class NormalisationTest {
    private static double[] forward(Module layer, double[] x, int... shape) {
        return layer.forward(Tensor.of(x, shape)).doubles();
    }

    private static void inDoubles(Runnable work) {
        Backends.with(Backends.reference(), work);
    }

    @Test
    void batchNormStandardisesEachChannel() {
        inDoubles(() -> {
            var layer = new BatchNorm(new BatchNorm.Config(2, 0, 0.1, true));
            double[] y = forward(layer, new double[] {1, 10, 3, 30}, 2, 2);
            assertThat(y).containsExactly(new double[] {-1, -1, 1, 1}, within(1e-12));
        });
    }

    /// Running mean `0.9·0 + 0.1·2`, running variance `0.9·1 + 0.1·2` with the unbiased 2, not the
    /// biased 1.
    @Test
    void batchNormFollowsTheUnbiasedVariance() {
        inDoubles(() -> {
            var layer = new BatchNorm(1);
            forward(layer, new double[] {1, 3}, 2, 1);
            assertThat(layer.buffers().get("running_mean").item()).isCloseTo(0.2, within(1e-12));
            assertThat(layer.buffers().get("running_var").item()).isCloseTo(1.1, within(1e-12));
        });
    }

    @Test
    void batchNormUsesTheRunningStatisticsInInference() {
        inDoubles(() -> {
            var layer = new BatchNorm(new BatchNorm.Config(2, 0, 0.1, true));
            layer.buffers().get("running_mean").assign(Tensor.of(new double[] {1, 2}, 2));
            layer.buffers().get("running_var").assign(Tensor.of(new double[] {4, 9}, 2));
            layer.parameters().get("weight").assign(Tensor.of(new double[] {2, 3}, 2));
            layer.parameters().get("bias").assign(Tensor.of(new double[] {5, 7}, 2));
            layer.training(false);
            assertThat(forward(layer, new double[] {3, 5, 1, 2}, 1, 2, 1, 2))
                    .containsExactly(new double[] {7, 10, 5, 7}, within(1e-12));
            assertThat(layer.buffers().get("running_mean").doubles()).containsExactly(1, 2);
        });
    }

    @Test
    void batchNormNeedsTwoValuesToTrain() {
        assertThatThrownBy(() -> new BatchNorm(3).forward(Tensor.ones(1, 1, 1, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("more than one value per channel, got shape [1, 1, 1, 3]");
    }

    @Test
    void batchNormMayHaveNoParameters() {
        var layer = new BatchNorm(new BatchNorm.Config(2, 1e-5, 0.1, false));
        assertThat(layer.parameters()).isEmpty();
        assertThat(layer.state()).hasSize(2);
        assertThat(layer.forward(Tensor.ones(4, 2)).floats()).containsOnly(0);
    }

    @Test
    void layerNormStandardisesEachRow() {
        inDoubles(() -> {
            var layer = new LayerNorm(2, 0);
            layer.parameters().get("bias").assign(Tensor.of(new double[] {0, 1}, 2));
            assertThat(forward(layer, new double[] {1, 3, -4, -2}, 2, 2))
                    .containsExactly(new double[] {-1, 2, -1, 2}, within(1e-12));
        });
    }

    @Test
    void groupNormStandardisesGroupsOfNeighbours() {
        inDoubles(() -> {
            var layer = new GroupNorm(2, 4, 0);
            double[] x = {1, 3, 10, 30, 1, 3, 10, 30}; // two pixels of four channels
            assertThat(forward(layer, x, 1, 1, 2, 4))
                    .containsExactly(new double[] {-1, 1, -1, 1, -1, 1, -1, 1}, within(1e-12));
        });
        assertThatThrownBy(() -> new GroupNorm(3, 4))
                .hasMessage("groupNorm: 3 groups do not divide 4 channels");
    }

    @Test
    void groupNormWithOneGroupIsLayerNormOverTheImage() {
        inDoubles(() -> {
            Tensor x = Rng.seed(1).normal(0, 1, 3, 2, 2, 4);
            double[] group = new GroupNorm(1, 4).forward(x).doubles();
            double[] flat = new LayerNorm(16).forward(x.reshape(3, 16)).doubles();
            assertThat(group).containsExactly(flat, within(1e-12));
        });
    }

    @Test
    void instanceNormStandardisesEachChannelOfEachImage() {
        inDoubles(() -> {
            var layer = new InstanceNorm(2, 0, false);
            assertThat(layer.parameters()).isEmpty();
            double[] x = {1, 10, 3, 30, 5, 50, 9, 90}; // two images of two pixels
            assertThat(forward(layer, x, 2, 1, 2, 2))
                    .containsExactly(new double[] {-1, -1, 1, 1, -1, -1, 1, 1}, within(1e-12));
        });
    }
}
