package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Scope;
import javelin.nn.Module;
import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Loader;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/// Training and plans on OpenCL, beside the processor.
class DeviceTest {
    private static final int STEPS = 12;

    @BeforeAll
    static void find() {
        boolean found = Backends.available().containsKey("opencl");
        assertThat(found || !System.getProperty("javelin.require", "").contains("opencl")).isTrue();
        assumeTrue(found, "no training on opencl: " + Backends.absent().get("opencl"));
    }

    /// Rounding grows from step to step, by about a factor of two here.
    @Test
    void trainingFollowsTheSameCurve() {
        List<Double> cpu = losses(Backends.cpu());
        List<Double> opencl = losses(Backends.named("opencl"));
        assertThat(opencl).hasSize(STEPS);
        for (int i = 0; i < STEPS; i++) {
            assertThat(opencl.get(i)).as("step %d", i).isCloseTo(cpu.get(i), offset(2e-3));
        }
        assertThat(opencl.getLast()).isLessThan(opencl.getFirst());
    }

    private static List<Double> losses(Backend on) {
        List<Double> losses = new ArrayList<>();
        Backends.with(
                on,
                () -> {
                    Module network =
                            Zoo.named("lenet5", new Zoo.Input(28, 28, 1, 10)).build(Rng.seed(1));
                    var config =
                            new TrainConfig(
                                    1,
                                    new Sgd(0.9, true, Optimizer.Decay.matrices(5e-4)),
                                    new Schedule.Constant(0.02),
                                    Objective.classification(0));
                    TrainListener listener =
                            new TrainListener() {
                                @Override
                                public void onStep(Step step) {
                                    losses.add(step.loss());
                                }
                            };
                    try (var batches =
                            new Loader(
                                    DrawnDigits.draw(STEPS * 25, 2),
                                    Loader.Config.training(25, 3))) {
                        new Trainer(network, config, Saving.none(), List.of(listener)).fit(batches);
                    }
                });
        return losses;
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet20", "mobilenet-v2"})
    void planIsThatOfTheProcessor(String name) {
        float[] expected = scores(name, Backends.cpu());
        float largest = 0;
        for (float e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        float[] found = scores(name, Backends.named("opencl"));
        assertThat(found).containsExactly(expected, offset(1e-4f * largest));
    }

    private static float[] scores(String name, Backend on) {
        return Backends.with(
                on,
                () -> {
                    Module network =
                            Zoo.named(name, new Zoo.Input(32, 32, 3, 10)).build(Rng.seed(1));
                    network.training(false);
                    try (var _ = Scope.open()) {
                        Tensor x = Rng.seed(3).normal(0, 1, 2, 32, 32, 3);
                        return network.plan(x.shape()).run(x).floats();
                    }
                });
    }
}
