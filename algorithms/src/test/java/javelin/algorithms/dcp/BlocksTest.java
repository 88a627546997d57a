package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;
import javelin.tensor.ops.Add;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.Relu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// Where the additional losses go.
class BlocksTest {
    @ParameterizedTest
    @CsvSource({
        "27, 3, '7,14,21'",
        "8, 2, '3,6'",
        "16, 3, '5,10,15'",
        "16, 2, '6,12'",
        "9, 1, '5'",
        "9, 2, '4,8'",
        "9, 3, '3,6,8'"
    })
    void placesAreThoseOfThePublishedCode(int blocks, int losses, String places) {
        List<Integer> expected = List.of(places.split(",")).stream().map(Integer::valueOf).toList();
        assertThat(Blocks.places(blocks, losses)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "preresnet56, 32, 27",
        "preresnet20, 32, 9",
        "resnet20, 32, 9",
        "resnet56, 32, 27",
        "resnet18, 64, 8",
        "resnet50, 64, 16",
        "vgg19-small, 32, 16"
    })
    void blocksAreFoundInTheGraph(String name, int side, int blocks) {
        Shape image = Shape.of(1, side, side, 3);
        int found =
                Backends.with(
                        Backends.dry(),
                        () ->
                                Blocks.of(
                                                Zoo.named(name, new Zoo.Input(side, side, 3, 10))
                                                        .build(Rng.seed(0)),
                                                image)
                                        .count());
        assertThat(found).isEqualTo(blocks);
    }

    /// Un-normalised sum of pre-activation networks, sum behind ReLU of others, convolution of VGG.
    @ParameterizedTest
    @CsvSource({"preresnet20, add", "resnet20, relu", "vgg19-small, conv2d"})
    void headsReadTheBlockOutput(String name, String op) {
        Backends.with(
                Backends.dry(),
                () -> {
                    var network = Zoo.named(name, new Zoo.Input(32, 32, 3, 10)).build(Rng.seed(0));
                    Replay pass = Replay.of(network, Shape.of(2, 32, 32, 3));
                    Class<?> expected =
                            switch (op) {
                                case "add" -> Add.class;
                                case "relu" -> Relu.class;
                                default -> Conv2d.class;
                            };
                    var targets = Blocks.of(pass).targets(2);
                    assertThat(targets).hasSize(3);
                    assertThat(targets.get(0).op()).isInstanceOf(expected);
                    assertThat(targets.get(1).op()).isInstanceOf(expected);
                    assertThat(targets.get(2)).isSameAs(pass.output());
                });
    }

    @Test
    void tooManyLossesAreRejected() {
        assertThatThrownBy(() -> Blocks.places(3, 3))
                .hasMessage("dcp: 3 additional losses are too many for a network of 3 blocks");
    }
}
