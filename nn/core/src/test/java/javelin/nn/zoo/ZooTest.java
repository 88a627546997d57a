package javelin.nn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.io.Json;
import javelin.tensor.Autograd;
import javelin.tensor.Graph;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

class ZooTest {
    private static final Zoo.Input CIFAR = new Zoo.Input(32, 32, 3, 10);
    private static final Zoo.Input IMAGENET = new Zoo.Input(224, 224, 3, 1000);

    private static final Zoo.Input FACES = new Zoo.Input(112, 96, 3, 512);

    /// The images that the network of this name was published for.
    private static Zoo.Input input(String name) {
        boolean large =
                List.of("resnet18", "resnet34", "resnet50").contains(name)
                        || name.startsWith("vgg")
                        || name.startsWith("mobilenet");
        if (name.startsWith("spherenet")) {
            return FACES;
        }
        return large && !name.endsWith("-small") ? IMAGENET : CIFAR;
    }

    private static NetworkConfig config(String name) {
        return Zoo.named(name, input(name));
    }

    private static Shape image(String name) {
        Zoo.Input i = input(name);
        return Shape.of(1, i.height(), i.width(), i.channels());
    }

    static Set<String> names() {
        return Zoo.names();
    }

    /// Parameters and multiplications of one image. Pre-activation networks, ResNet-18 and 50,
    /// MobileNets, VGG-19 for small images: rounded in the tables of channel pruning papers. VGG
    /// and ResNet-34: parameters as torchvision documents them. Others: counted by hand.
    @ParameterizedTest
    @CsvSource({
        "lenet5, 83126, 886440",
        "plain-cnn, 524470, 3953312",
        "resnet20, 269722, 40551040",
        "resnet56, 853018, 125485696",
        "resnet110, 1727962, 252887680",
        "preresnet8, 77850, 12501632",
        "preresnet14, 175066, 26657408",
        "preresnet20, 272282, 40813184",
        "preresnet32, 466714, 69124736",
        "preresnet44, 661146, 97436288",
        "preresnet56, 855578, 125747840",
        "preresnet110, 1730522, 253149824",
        "resnet18, 11689512, 1814073344",
        "resnet34, 21797672, 3663761408",
        "resnet50, 25557032, 4089184256",
        "vgg16, 138357544, 15470264320",
        "vgg16-bn, 138365992, 15470264320",
        "vgg19, 143667240, 19632062464",
        "vgg19-bn, 143678248, 19632062464",
        "vgg19-small, 20040522, 398136320",
        "mobilenet-v1, 4231976, 568740352",
        "mobilenet-v2, 3504872, 300774272",
        "mobilenet-v2-expanded, 3505960, 313619328",
        "mobilenet-v2-small, 2296922, 91154944"
    })
    void countsAreThosePublished(String name, long parameters, long macs) {
        assertCounts(config(name), image(name), parameters, macs);
    }

    private static void assertCounts(
            NetworkConfig config, Shape image, long parameters, long macs) {
        Backends.with(
                Backends.dry(),
                () -> {
                    Graph graph = config.build(Rng.seed(1)).trace(image);
                    assertThat(graph.parameters()).isEqualTo(parameters);
                    assertThat(graph.macs()).isEqualTo(macs);
                });
    }

    /// The strides of this variant were not published, its parameters were.
    @Test
    void mobileNetForSmallImagesHasTheParametersPublished() {
        long parameters =
                Backends.with(
                        Backends.dry(),
                        () -> config("mobilenet-v1-small").build(Rng.seed(1)).parameterCount());
        assertThat(parameters).isEqualTo(3_217_226);
    }

    /// The table counts neither biases nor slopes as parameters, but the additions of biases.
    @Test
    void sphereNetCountsAreThosePublished() {
        long biases = 64 + 128 + 256 + 512 + 512;
        long slopes = 64 + 128 + 256 + 512;
        long additions = 56 * 48 * 64 + 28 * 24 * 128 + 14 * 12 * 256 + 7 * 6 * 512 + 512;
        assertCounts(
                config("spherenet4"),
                image("spherenet4"),
                12_560_064 + biases + slopes,
                164_613_632 - additions);
    }

    @Test
    void wideNetworkHasTheCountsPublished() {
        assertCounts(
                PreActResNet.Config.of(26, 160, 3, 10),
                Shape.of(1, 32, 32, 3),
                36_688_170,
                5_457_025_280L);
    }

    /// Channels inside every block cut to a share of `kept` percent, rounded up.
    @ParameterizedTest
    @CsvSource({
        "8, 70, 56330, 9276032",
        "8, 50, 40874, 6603392",
        "8, 30, 27008, 4391552",
        "56, 70, 607754, 91261568",
        "56, 50, 430634, 63226496",
        "56, 30, 271280, 39780992"
    })
    void prunedNetworksAreConfigurations(int depth, int kept, long parameters, long macs) {
        var full = PreActResNet.Config.of(depth, 3, 10);
        var thin =
                full.blocks().stream()
                        .map(b ->
                                new CifarResNet.Block(
                                        Math.ceilDiv(b.mid() * kept, 100), b.out(), b.stride()))
                        .toList();
        assertCounts(
                new PreActResNet.Config(3, full.stem(), thin, 10),
                Shape.of(1, 32, 32, 3),
                parameters,
                macs);
    }

    @ParameterizedTest
    @MethodSource("names")
    void descriptionGoesThroughJson(String name) throws Exception {
        NetworkConfig config = config(name);
        ModelSpec spec = config.spec();
        Map<String, Object> read =
                objects(Json.parseObject(Json.write(spec.configuration()), "test"));
        assertThat(Zoo.config(new ModelSpec(spec.family(), read))).isEqualTo(config);
    }

    @SuppressWarnings("NullAway") // a configuration holds no null
    private static Map<String, Object> objects(Map<String, ?> read) {
        var map = new java.util.LinkedHashMap<String, Object>();
        read.forEach((k, v) -> map.put(k, Objects.requireNonNull(v)));
        return map;
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesALogitPerClass(String name) {
        Backends.with(
                Backends.dry(),
                () -> {
                    Module network = config(name).build(Rng.seed(1));
                    int[] y = network.trace(image(name)).outputs().getFirst().shape().dims();
                    assertThat(y).containsExactly(1, config(name).classes());
                });
    }

    /// Every parameter takes part; small networks really computed, with one grey channel.
    @ParameterizedTest
    @CsvSource({"lenet5, 28", "resnet8, 28", "preresnet8, 16", "mobilenet-v2-small, 16"})
    void gradientsReachEveryParameter(String name, int side) {
        Module network = Zoo.named(name, new Zoo.Input(side, side, 1, 5)).build(Rng.seed(1));
        Tensor y = network.forward(Rng.seed(2).normal(0, 1, 2, side, side, 1));
        assertThat(y.shape().dims()).containsExactly(2, 5);
        assertThat(y.floats()).doesNotContain(Float.NaN);
        var gradients = Autograd.backward(y.square().sum());
        network.parameters().forEach((p, w) -> assertThat(gradients.reaches(w)).as(p).isTrue());
    }

    @Test
    void sameSeedGivesTheSameWeights() {
        Module a = Zoo.named("resnet8", CIFAR).build(Rng.seed(5));
        Module b = Zoo.build(Zoo.named("resnet8", CIFAR).spec(), Rng.seed(5));
        a.state().forEach((n, w) -> assertThat(b.state().get(n).floats()).isEqualTo(w.floats()));
    }

    @Test
    void unknownNamesListTheKnown() {
        assertThatThrownBy(() -> Zoo.named("resnet21", CIFAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'resnet21'")
                .hasMessageContaining("resnet20");
        assertThatThrownBy(() -> Zoo.build(new ModelSpec("none", Map.of()), Rng.seed(1)))
                .hasMessageContaining("cifar-resnet");
        assertThatThrownBy(() -> Zoo.build(new ModelSpec("vgg", Map.of()), Rng.seed(1)))
                .hasMessageContaining("'channels'");
        assertThatThrownBy(() -> CifarResNet.Config.of(21, 3, 10)).hasMessageContaining("6n + 2");
    }
}
