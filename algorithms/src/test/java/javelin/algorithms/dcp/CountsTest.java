package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.prune.ChannelCut;
import javelin.nn.prune.ChannelGroup;
import javelin.nn.prune.PruningGraph;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.SphereNet;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Parameters and multiply-adds of pruned networks: Tables S4 and S5 of the supplement, Tables 1 to
/// 3 of the paper, worked out to the last digit from its layer definitions.
class CountsTest {
    private record Counts(long parameters, long macs) {}

    @ParameterizedTest
    @CsvSource({
        "preresnet56,   32,   10, 0,   855578, 125747840",
        "preresnet56,   32,   10, 0.3, 607754,  91261568",
        "preresnet56,   32,   10, 0.5, 430634,  63226496",
        "preresnet56,   32,   10, 0.7, 271280,  39780992",
        "preresnet20,   32,   10, 0,   272282,  40813184",
        "preresnet20,   32,   10, 0.3, 194186,  29772416",
        "preresnet20,   32,   10, 0.5, 138314,  20759168",
        "preresnet20,   32,   10, 0.7,  88076,  13238912",
        "preresnet8,    32,   10, 0,    77850,  12501632",
        "preresnet8,    32,   10, 0.3,  56330,   9276032",
        "preresnet8,    32,   10, 0.5,  40874,   6603392",
        "preresnet8,    32,   10, 0.7,  27008,   4391552",
        "preresnet14,   32,   10, 0,   175066,  26657408",
        "preresnet14,   32,   10, 0.3, 125258,  19524224",
        "preresnet14,   32,   10, 0.5,  89594,  13681280",
        "preresnet14,   32,   10, 0.7,  57542,   8815232",
        "preresnet32,   32,   10, 0,   466714,  69124736",
        "preresnet44,   32,   10, 0,   661146,  97436288",
        "preresnet110,  32,   10, 0,  1730522, 253149824",
        "vgg19-small,   32,   10, 0,   20040522, 398136320",
        "vgg19-small,   32,   10, 0.3, 10361991, 198741788",
        "vgg19-small,   32,   10, 0.4,  7826670, 147225536",
        "resnet18,     224, 1000, 0,   11689512, 1814073344",
        "resnet18,     224, 1000, 0.3,  8410928, 1315637504",
        "resnet18,     224, 1000, 0.5,  6194856,  975933440",
        "resnet18,     224, 1000, 0.7,  4009328,  648986624",
        "resnet50,     224, 1000, 0,   25557032, 4089184256",
        "resnet50,     224, 1000, 0.3, 17021126, 2629867579",
        "resnet50,     224, 1000, 0.5, 12381864, 1822031872",
        "resnet50,     224, 1000, 0.7,  8713982, 1184923876",
        "mobilenet-v1, 224, 1000, 0,    4231976,  568740352",
        "mobilenet-v1, 224, 1000, 0.5,  2106760,  162854144",
        "mobilenet-v2-expanded, 224, 1000, 0,   3505960, 313619328",
        "mobilenet-v2-expanded, 224, 1000, 0.5, 2601528, 172903872",
        "mobilenet-v2-small,     32,   10, 0,   2296922,  91154944",
        "mobilenet-v2-small,     32,   10, 0.3, 1755188,  66841856"
    })
    void prunedNetworksHaveThePublishedSizes(
            String name, int side, int classes, String rate, long parameters, long macs) {
        NetworkConfig config = Zoo.named(name, new Zoo.Input(side, side, 3, classes));
        Predicate<ChannelGroup> wanted =
                name.startsWith("mobilenet-v2") ? g -> g.name().contains("expand") : _ -> true;
        Counts found = Backends.with(Backends.dry(), () -> counted(config, side, rate, wanted));
        assertThat(found).isEqualTo(new Counts(parameters, macs));
    }

    private static Counts counted(
            NetworkConfig config, int side, String rate, Predicate<ChannelGroup> wanted) {
        Shape image = Shape.of(1, side, side, 3);
        Module wide = config.build(Rng.seed(0));
        PruningGraph graph = PruningGraph.of(wide, image);
        ChannelCut cut = ChannelCut.none(graph);
        if (!rate.equals("0")) {
            for (PrunedLayer layer : PrunedLayer.of(graph, wanted)) {
                int kept = PruningRate.of(rate).kept(layer.channels());
                cut = cut.keep(layer.group(), IntStream.range(0, kept).toArray());
            }
        }
        return counts(config.resized(cut.shapes()).build(Rng.seed(0)), image);
    }

    private static Counts counts(Module network, Shape image) {
        return new Counts(network.parameterCount(), network.trace(image).macs());
    }

    /// The widths that adaptive stopping found for VGG-19, as the supplement lists them.
    @Test
    void adaptiveVggHasThePublishedSize() {
        List<Integer> inputs =
                List.of(3, 56, 64, 128, 115, 199, 177, 123, 52, 59, 46, 31, 37, 37, 44, 31);
        NetworkConfig config = Zoo.named("vgg19-small", new Zoo.Input(32, 32, 3, 10));
        Counts found =
                Backends.with(
                        Backends.dry(),
                        () -> {
                            Shape image = Shape.of(1, 32, 32, 3);
                            PruningGraph graph = PruningGraph.of(config.build(Rng.seed(0)), image);
                            ChannelCut cut = ChannelCut.none(graph);
                            List<PrunedLayer> layers = PrunedLayer.of(graph);
                            for (int i = 0; i < layers.size(); i++) {
                                int kept = inputs.get(i + 1);
                                cut =
                                        cut.keep(
                                                layers.get(i).group(),
                                                IntStream.range(0, kept).toArray());
                            }
                            return counts(config.resized(cut.shapes()).build(Rng.seed(0)), image);
                        });
        assertThat(found).isEqualTo(new Counts(1_284_006, 138_998_708));
    }

    /// Weights without biases and slopes; multiply-adds with one addition per bias, as the paper
    /// counts here. The linear layer's inputs are pruned too.
    @ParameterizedTest
    @CsvSource({
        "0, 12560064, 164613632",
        "0.5, 5892960, 45148160",
        "0.65, 4062906, 24162104",
    })
    void sphereNetHasThePublishedSizes(String rate, long weights, long operations) {
        Shape image = Shape.of(1, 112, 96, 3);
        SphereNet.Config config = SphereNet.Config.of(112, 96, 3, 512);
        Backends.with(
                Backends.dry(),
                () -> {
                    PruningGraph graph = PruningGraph.of(config.build(Rng.seed(0)), image);
                    ChannelCut cut = ChannelCut.none(graph);
                    for (ChannelGroup g :
                            rate.equals("0") ? List.<ChannelGroup>of() : graph.free()) {
                        int kept = PruningRate.of(rate).kept(g.channels());
                        cut = cut.keep(g, IntStream.range(0, kept).toArray());
                    }
                    SphereNet.Config small = config.resized(cut.shapes());
                    Module network = small.build(Rng.seed(0));
                    long vectors =
                            network.parameters().values().stream()
                                    .filter(p -> p.shape().rank() == 1)
                                    .mapToLong(p -> p.shape().size())
                                    .sum();
                    long biases = small.classes();
                    int[] pixels = {56 * 48, 28 * 24, 14 * 12, 7 * 6};
                    for (int i = 0; i < pixels.length; i++) {
                        biases += (long) pixels[i] * small.layers().get(i);
                    }
                    assertThat(network.parameterCount() - vectors).isEqualTo(weights);
                    assertThat(network.trace(image).macs() + biases).isEqualTo(operations);
                });
    }
}
