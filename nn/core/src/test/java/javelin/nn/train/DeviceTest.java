package javelin.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Scope;
import javelin.kernels.gpu.GpuBackend;
import javelin.nn.Module;
import javelin.nn.data.DrawnDigits;
import javelin.nn.data.Loader;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.schedule.Schedule;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.plan.Plan;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Training and plans on the devices there are, beside the processor.
class DeviceTest {
    private static final int STEPS = 12;

    private static final int BATCH = 25;

    /// Names and not backends, which JUnit would close.
    static List<String> devices() {
        return Backends.available().values().stream()
                .filter(GpuBackend.class::isInstance)
                .map(Backend::name)
                .sorted()
                .toList();
    }

    @BeforeAll
    static void find() {
        String required = System.getProperty("javelin.require", "");
        List<String> names = devices();
        for (String name : List.of("opencl", "cuda")) {
            assertThat(names.contains(name) || !required.contains(name)).as(name).isTrue();
        }
        assumeTrue(!names.isEmpty(), "no training on devices: " + Backends.absent());
    }

    /// Rounding grows from step to step, by about a factor of two here.
    @ParameterizedTest
    @MethodSource("devices")
    void trainingFollowsTheSameCurve(String device) {
        List<Double> cpu = losses(Backends.cpu());
        List<Double> found = losses(Backends.named(device));
        assertThat(found).hasSize(STEPS);
        for (int i = 0; i < STEPS; i++) {
            assertThat(found.get(i)).as("step %d", i).isCloseTo(cpu.get(i), offset(2e-3));
        }
        assertThat(found.getLast()).isLessThan(found.getFirst());
    }

    private static List<Double> losses(Backend on) {
        List<Double> losses = new ArrayList<>();
        train(on, "lenet5", step -> losses.add(step.loss()));
        return losses;
    }

    /// Up go pictures and labels; down come the loss and the norm of the gradients, and with each
    /// the note of labels out of bounds.
    @ParameterizedTest
    @MethodSource("devices")
    void stepCopiesABatchAndTwoNumbers(String name) {
        var device = (GpuBackend) Backends.named(name);
        List<GpuBackend.HostCopies> copies = new ArrayList<>();
        train(device, "resnet20", _ -> copies.add(device.hostCopies()));
        for (int i = 2; i < copies.size(); i++) { // tables are copied in the first step
            GpuBackend.HostCopies before = copies.get(i - 1);
            GpuBackend.HostCopies after = copies.get(i);
            assertThat(after.uploads() - before.uploads()).as("uploads of step %d", i).isEqualTo(2);
            assertThat(after.downloads() - before.downloads())
                    .as("downloads of step %d", i)
                    .isEqualTo(4);
        }
        assertThat(copies).hasSize(STEPS);
    }

    private static void train(Backend on, String model, Consumer<TrainListener.Step> listener) {
        Backends.with(
                on,
                () -> {
                    Module network =
                            Zoo.named(model, new Zoo.Input(28, 28, 1, 10)).build(Rng.seed(1));
                    var config =
                            new TrainConfig(
                                    1,
                                    new Sgd(0.9, true, Optimizer.Decay.matrices(5e-4)),
                                    new Schedule.Constant(0.02),
                                    Objective.classification(0));
                    TrainListener told =
                            new TrainListener() {
                                @Override
                                public void onStep(Step step) {
                                    listener.accept(step);
                                }
                            };
                    try (var batches =
                            new Loader(
                                    DrawnDigits.draw(STEPS * BATCH, 2),
                                    Loader.Config.training(BATCH, 3))) {
                        new Trainer(network, config, Saving.none(), List.of(told)).fit(batches);
                    }
                });
    }

    static Stream<Arguments> plans() {
        return devices().stream()
                .flatMap(device ->
                        Stream.of("resnet20", "mobilenet-v2")
                                .map(name -> Arguments.of(name, device)));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void planIsThatOfTheProcessor(String name, String device) {
        float[] expected = scores(name, Backends.cpu());
        float largest = 0;
        for (float e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        float[] found = scores(name, Backends.named(device));
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
                        Plan plan = network.plan(x.shape());
                        plan.run(x);
                        Optional<GpuBackend.HostCopies> before = copies(on);
                        Tensor y = plan.run(x);
                        assertThat(copies(on)).as("copies of a run").isEqualTo(before);
                        return y.floats();
                    }
                });
    }

    private static Optional<GpuBackend.HostCopies> copies(Backend on) {
        return on instanceof GpuBackend g ? Optional.of(g.hostCopies()) : Optional.empty();
    }
}
