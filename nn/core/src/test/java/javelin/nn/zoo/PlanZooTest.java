package javelin.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.plan.Plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Set;

/// Plans of the networks of the zoo.
class PlanZooTest {
    static Set<String> names() {
        return Zoo.names();
    }

    /// The network of that name for small pictures, as if it had been trained: batch norms have
    /// moments and factors of their own.
    private static Module network(String name, int side) {
        Module network = Zoo.named(name, new Zoo.Input(side, side, 3, 10)).build(Rng.seed(1));
        Rng rng = Rng.seed(2);
        network.state()
                .forEach((parameter, tensor) -> {
                    int[] shape = tensor.shape().dims();
                    if (parameter.endsWith("running_var")) {
                        tensor.assign(rng.uniform(0.5, 2, shape));
                    } else if (shape.length == 1) {
                        tensor.assign(rng.normal(0, 0.1, shape).add(tensor));
                    }
                });
        network.training(false);
        return network;
    }

    @ParameterizedTest
    @MethodSource("names")
    void planIsTheNetwork(String name) {
        Module network = network(name, 32);
        Tensor x = Rng.seed(3).normal(0, 1, 2, 32, 32, 3);
        float[] expected = GradMode.off(() -> network.forward(x)).floats();
        Plan plan = network.plan(x.shape());
        float largest = 0;
        for (float e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        assertThat(plan.run(x).floats()).containsExactly(expected, offset(1e-4f * largest));
        assertThat(plan.workspaceBytes()).isLessThan(plan.activationBytes());
    }

    /// All batch norms, sums and ReLUs are part of convolutions; what is left beside products is
    /// pooling, the mean over the pixels (a sum and a factor), the shortcuts of ResNet-20 that drop
    /// pixels and add channels, and the limit at 6 of MobileNetV2.
    @ParameterizedTest
    @CsvSource({
        "resnet20, 20, 26",
        "resnet18, 21, 24",
        "resnet50, 54, 57",
        "vgg16-bn, 16, 21",
        "mobilenet-v2, 53, 90"
    })
    void fewKernelsAreLeft(String name, int products, int kernels) {
        Plan plan =
                Backends.with(
                        Backends.dry(),
                        () -> {
                            var input = new Zoo.Input(224, 224, 3, 1000);
                            Module network = Zoo.named(name, input).build(Rng.seed(1));
                            return network.plan(Shape.of(1, 224, 224, 3));
                        });
        assertThat(plan.kernelCalls()).as(plan.outline()).isEqualTo(kernels);
        assertThat(plan.profile(1, Duration.ZERO).rows().stream().filter(r -> r.flops() > 0))
                .hasSize(products);
    }

    @Test
    void theModeOfTheNetworkIsKept() {
        Module network = network("resnet8", 16);
        network.training(true);
        network.plan(Shape.of(1, 16, 16, 3));
        assertThat(network.isTraining()).isTrue();
    }
}
