package javelin.nn.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.io.ModelFile;
import javelin.nn.loss.Losses;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.nn.prune.ChannelGroup.Slice;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Autograd;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The rebuilt network computes what the masked one does, and is an ordinary network.
class ChannelCutTest {
    private static final double TOLERANCE = 1e-5;

    @Test
    void networkThatAUserWroteIsCut() {
        Module wide = new UserNetwork(Map.of());
        shake(wide, UserNetwork.INPUT);
        PruningGraph graph = PruningGraph.of(wide, UserNetwork.INPUT);
        assertThat(graph.free().stream().map(ChannelGroup::name))
                .containsExactly("left", "right", "mix", "up", "small");
        assertThat(PruningGraphTest.group(graph, "mix").makers())
                .containsExactly("mix.weight", "shared.weight");
        assertThat(PruningGraphTest.group(graph, "up").channels()).isEqualTo(3);
        ChannelCut cut = half(graph);
        Module small = agree(wide, cut, UserNetwork::new, UserNetwork.INPUT);
        assertThat(small.parameterCount()).isLessThan(wide.parameterCount() * 6 / 10);
        assertThat(small.state().get("depthwise.weight").shape()).isEqualTo(Shape.of(3, 3, 1, 5));
        assertThat(small.state().get("up.weight").shape()).isEqualTo(Shape.of(3, 3, 4, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet8",
                "preresnet8",
                "resnet18",
                "resnet50",
                "vgg16-small",
                "mobilenet-v1-small",
                "mobilenet-v2-small",
                "spherenet4",
                "plain-cnn",
                "lenet5"
            })
    void networksOfTheZooAreCutAndReopened(String name, @TempDir Path folder) throws IOException {
        NetworkConfig config = Zoo.named(name, new Zoo.Input(32, 32, 3, 10));
        Module wide = config.build(Rng.seed(3));
        Shape input = Shape.of(8, 32, 32, 3); // moments of few values would magnify rounding
        shake(wide, input);
        ChannelCut cut = half(PruningGraph.of(wide, input));
        Module small = agree(wide, cut, s -> config.resized(s).build(Rng.seed(0)), input);
        Path file = folder.resolve("pruned.safetensors");
        ModelFile.save(
                file,
                new ModelFile.Model(
                        config.resized(cut.shapes()).spec(),
                        small,
                        32,
                        32,
                        List.of(0.0, 0.0, 0.0),
                        List.of(1.0, 1.0, 1.0),
                        List.of(),
                        Map.of()));
        Module opened = ModelFile.open(file).network();
        Tensor x = Rng.seed(5).normal(0, 1, input.dims());
        assertThat(answers(opened, x)).isEqualTo(answers(small, x));
    }

    @Test
    void inDoublePrecisionTheDifferenceVanishes() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Module wide = new UserNetwork(Map.of());
                    shake(wide, UserNetwork.INPUT);
                    ChannelCut cut = half(PruningGraph.of(wide, UserNetwork.INPUT));
                    Module small = cut.rebuild(wide, UserNetwork::new);
                    cut.mask(wide);
                    Tensor x = Rng.seed(5).normal(0, 1, UserNetwork.INPUT.dims());
                    assertThat(largestDifference(wide, small, x)).isLessThan(1e-12);
                });
    }

    @Test
    void everyChannelKeptIsTheSameNetwork() {
        NetworkConfig config = Zoo.named("preresnet8", new Zoo.Input(32, 32, 3, 10));
        Module wide = config.build(Rng.seed(3));
        Shape input = Shape.of(1, 32, 32, 3);
        ChannelCut cut = ChannelCut.none(PruningGraph.of(wide, input));
        Module same = cut.rebuild(wide, s -> config.resized(s).build(Rng.seed(0)));
        assertThat(config.resized(cut.shapes())).isEqualTo(config);
        Tensor x = Rng.seed(5).normal(0, 1, input.dims());
        assertThat(answers(same, x)).isEqualTo(answers(wide, x));
    }

    @Test
    void optimiserStateIsCutWithItsParameters() {
        Module wide = new UserNetwork(Map.of());
        Optimizer.State steps = new Sgd(0.9, true, Optimizer.Decay.NONE).start(wide.parameters());
        Tensor x = Rng.seed(5).normal(0, 1, UserNetwork.INPUT.dims());
        step(wide, steps, x);
        ChannelCut cut = half(PruningGraph.of(wide, UserNetwork.INPUT));
        Map<String, Tensor> velocity = cut.cut(steps.tensors());
        cut.mask(wide);
        Module small = cut.rebuild(wide, UserNetwork::new);
        Optimizer.State cutSteps =
                new Sgd(0.9, true, Optimizer.Decay.NONE).start(small.parameters());
        cutSteps.load(velocity, steps.numbers());
        step(small, cutSteps, x);
        assertThat(cutSteps.steps()).isEqualTo(2);
        Slice made = PruningGraphTest.group(cut.graph(), "left").slices().getFirst();
        double[] wideBias = steps.tensors().get("left.bias/velocity").doubles();
        double[] smallBias = velocity.get("left.bias/velocity").doubles();
        int[] kept = cut.kept(PruningGraphTest.group(cut.graph(), "left"));
        for (int k = 0; k < kept.length; k++) {
            assertThat(smallBias[k]).isEqualTo(wideBias[made.positions()[kept[k]][0]]);
        }
    }

    @Test
    void anotherNetworkFromTheFactoryIsNamed() {
        Module wide = new UserNetwork(Map.of());
        ChannelCut cut = half(PruningGraph.of(wide, UserNetwork.INPUT));
        assertThatThrownBy(() -> cut.rebuild(wide, _ -> new UserNetwork(Map.of())))
                .hasMessageStartingWith(
                        "prune: the smaller network does not have the widths of the cut: left.weight is [3, 3, 3, 6], expected [3, 3, 3, 3]");
    }

    @Test
    void cutsOutsideTheGroupAreRejected() {
        PruningGraph graph = PruningGraph.of(new UserNetwork(Map.of()), UserNetwork.INPUT);
        ChannelGroup left = PruningGraphTest.group(graph, "left");
        assertThatThrownBy(() -> ChannelCut.none(graph).keep(left, 6))
                .hasMessage("prune: left has channels 0 … 5, not 6");
        assertThatThrownBy(() -> ChannelCut.none(graph).keep(left))
                .hasMessage("prune: no channel of left is left; keep at least one");
    }

    // ---- helpers ----

    /// Every second channel of each free group stays.
    private static ChannelCut half(PruningGraph graph) {
        ChannelCut cut = ChannelCut.none(graph);
        for (ChannelGroup g : graph.free()) {
            cut = cut.keep(g, IntStream.range(0, g.channels()).filter(c -> c % 2 == 0).toArray());
        }
        return cut;
    }

    /// Masks a copy in place, rebuilds, and compares in both modes.
    private static Module agree(
            Module wide,
            ChannelCut cut,
            java.util.function.Function<Map<String, Shape>, Module> factory,
            Shape input) {
        Module small = cut.rebuild(wide, factory);
        cut.mask(wide);
        Tensor x = Rng.seed(5).normal(0, 1, input.dims());
        assertThat(largestDifference(wide, small, x)).isLessThan(TOLERANCE);
        wide.training(true);
        small.training(true);
        assertThat(difference(wide.forward(x), small.forward(x))).isLessThan(10 * TOLERANCE);
        wide.training(false);
        small.training(false);
        assertThat(largestDifference(wide, small, x)).isLessThan(TOLERANCE);
        return small;
    }

    private static double largestDifference(Module a, Module b, Tensor x) {
        return a.inference(() -> b.inference(() -> difference(a.forward(x), b.forward(x))));
    }

    private static double difference(Tensor a, Tensor b) {
        double scale = Math.max(1, a.detach().abs().max().item());
        return a.detach().sub(b.detach()).abs().max().item() / scale;
    }

    private static float[] answers(Module m, Tensor x) {
        return m.inference(() -> GradMode.off(() -> m.forward(x).floats()));
    }

    /// Batch norm with running statistics and scales that are not 1 and 0.
    private static void shake(Module m, Shape input) {
        Rng rng = Rng.seed(11);
        var state = new LinkedHashMap<String, Tensor>();
        m.state()
                .forEach((name, t) -> {
                    boolean positive =
                            name.endsWith("running_var")
                                    || (name.contains("bn") && name.endsWith("weight"));
                    boolean vector = t.shape().rank() == 1;
                    state.put(
                            name,
                            vector ? rng.uniform(positive ? 0.5 : -0.5, 1.5, t.shape().dims()) : t);
                });
        m.load(state);
        m.training(true);
        m.forward(rng.normal(0, 1, input.dims()));
    }

    private static void step(Module m, Optimizer.State steps, Tensor x) {
        m.training(true);
        Tensor loss = Losses.crossEntropy(m.forward(x), Tensor.of(new int[] {1, 2}, 2));
        var gradients = Autograd.backward(loss);
        var byName = new LinkedHashMap<String, Tensor>();
        m.parameters().forEach((name, p) -> byName.put(name, gradients.of(p)));
        steps.step(byName, 0.01);
    }
}
