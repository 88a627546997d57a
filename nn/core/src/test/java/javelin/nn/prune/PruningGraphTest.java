package javelin.nn.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.nn.prune.ChannelGroup.Role;
import javelin.nn.prune.ChannelGroup.Slice;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What the graph says about small networks whose answer is known by hand.
class PruningGraphTest {
    private static final Shape IMAGE = Shape.of(1, 8, 8, 3);

    @Test
    void convolutionsBatchNormAndAllItsVectorsAreCutTogether() {
        Module network =
                new Sequential(
                        new Conv2d(Conv2d.Config.same(3, 4, 3), Rng.seed(1)),
                        new BatchNorm(4),
                        new Conv2d(Conv2d.Config.same(4, 5, 3), Rng.seed(2)));
        ChannelGroup group = group(PruningGraph.of(network, IMAGE), "0");
        assertThat(group.channels()).isEqualTo(4);
        assertThat(group.slices().stream().map(Slice::tensor))
                .containsExactly(
                        "0.weight",
                        "0.bias",
                        "1.weight",
                        "1.bias",
                        "1.running_mean",
                        "1.running_var",
                        "2.weight");
        assertThat(group.makers()).containsExactly("0.weight");
        assertThat(group.readers()).containsExactly("2.weight");
    }

    @Test
    void flattenedImagesGiveEachChannelOneRowPerPixel() {
        Module network = Zoo.named("lenet5", new Zoo.Input(28, 28, 1, 10)).build(Rng.seed(1));
        ChannelGroup group = group(PruningGraph.of(network, Shape.of(1, 28, 28, 1)), "conv2");
        Slice rows = group.slices().getLast();
        assertThat(rows.tensor()).isEqualTo("fc1.weight");
        assertThat(rows.axis()).isZero();
        assertThat(rows.positions()[3]).hasSize(25).startsWith(3, 19, 35).endsWith(3 + 24 * 16);
    }

    @Test
    void residualSumsJoinTheirMakers() {
        Module network = Zoo.named("resnet18", new Zoo.Input(64, 64, 3, 10)).build(Rng.seed(1));
        PruningGraph graph = PruningGraph.of(network, Shape.of(1, 64, 64, 3));
        assertThat(group(graph, "conv1").makers())
                .containsExactly("conv1.weight", "layer1.0.conv2.weight", "layer1.1.conv2.weight");
        assertThat(group(graph, "conv1").isJoined()).isTrue();
        assertThat(group(graph, "layer1.0.conv1").isJoined()).isFalse();
    }

    @Test
    void channelsThatCannotBeCutSayWhy() {
        Module network = Zoo.named("resnet20", new Zoo.Input(32, 32, 3, 10)).build(Rng.seed(1));
        PruningGraph graph = PruningGraph.of(network, Shape.of(1, 32, 32, 3));
        assertThat(group(graph, "conv1").obstacle())
                .isEqualTo("are padded with further channels, by pad");
        assertThat(group(graph, "linear").obstacle()).isEqualTo("are the results of the network");
        assertThat(graph.free()).hasSize(9);
        assertThat(graph.table())
                .contains("linear            10  stays: are the results of the network")
                .contains("layer3.2.conv1    64  made by layer3.2.conv1.weight axis 3; with");
        assertThatThrownBy(() -> ChannelCut.none(graph).keep(group(graph, "conv1"), 1))
                .hasMessage(
                        "prune: channels of conv1 must stay, they are padded with further channels, by pad");
    }

    @Test
    void networkWithoutFreeChannelsSaysSoForEachLayer() {
        Module network = new Sequential(new Linear(3, 2, Rng.seed(1)));
        PruningGraph graph = PruningGraph.of(network, Shape.of(1, 3));
        assertThatThrownBy(graph::free)
                .hasMessage(
                        "prune: no channel of this network can be cut: those of 0 are those of the input; those of 0 are the results of the network");
    }

    @Test
    void depthwiseFiltersGoWithTheirChannel() {
        Module network =
                Zoo.named("mobilenet-v1-small", new Zoo.Input(32, 32, 3, 10)).build(Rng.seed(1));
        PruningGraph graph = PruningGraph.of(network, Shape.of(1, 32, 32, 3));
        ChannelGroup stem = group(graph, "features.0.conv");
        assertThat(stem.isFree()).isTrue();
        Slice filters =
                stem.slices().stream()
                        .filter(s -> s.tensor().equals("features.1.depthwise.conv.weight"))
                        .findFirst()
                        .orElseThrow();
        assertThat(filters.role()).isEqualTo(Role.FOLLOWS);
        assertThat(filters.axis()).isEqualTo(3);
    }

    @Test
    void groupedConvolutionsLoseTheSameChannelOfEachGroup() {
        Module network =
                new Sequential(
                        new Conv2d(Conv2d.Config.of(3, 6, 1), Rng.seed(1)),
                        new Conv2d(Conv2d.Config.of(6, 4, 3).groups(2), Rng.seed(2)),
                        new Conv2d(Conv2d.Config.of(4, 2, 1), Rng.seed(3)));
        PruningGraph graph = PruningGraph.of(network, IMAGE);
        ChannelGroup in = group(graph, "0");
        assertThat(in.channels()).isEqualTo(3);
        assertThat(in.slices().getFirst().positions()[1]).containsExactly(1, 4);
        assertThat(group(graph, "1").slices().getFirst().positions()[0]).containsExactly(0, 2);
    }

    @Test
    void everyNetworkOfTheZooHasFreeChannels() {
        Backends.with(
                Backends.dry(),
                () -> {
                    for (String name : Zoo.names()) {
                        int side =
                                name.matches(
                                                ".*(small|lenet5|plain-cnn|resnet(8|14|20|32|44|56|110))")
                                        ? 32
                                        : 224;
                        Module network =
                                Zoo.named(name, new Zoo.Input(side, side, 3, 10))
                                        .build(Rng.seed(1));
                        PruningGraph graph = PruningGraph.of(network, Shape.of(1, side, side, 3));
                        assertThat(graph.free()).as(name).isNotEmpty();
                    }
                });
    }

    static ChannelGroup group(PruningGraph graph, String name) {
        List<ChannelGroup> found =
                graph.groups().stream()
                        .filter(g -> g.name().equals(name))
                        .filter(g -> !g.makers().isEmpty())
                        .toList();
        assertThat(found).as("groups of %s in\n%s", name, graph).isNotEmpty();
        return found.getFirst();
    }
}
