package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.algorithms.dcp.Dcp.Pruned;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.data.Feed;
import javelin.nn.loss.Losses;
import javelin.nn.prune.PruningGraph;
import javelin.nn.zoo.CifarResNet;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.PreActResNet;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Algorithm 1 as a whole, on small networks and images of blobs.
class DcpTest {
    private static final int CLASSES = 4;
    private static final int BATCH = 16;
    private static final Shape IMAGE = Shape.of(1, 8, 8, 3);
    private static final NetworkConfig NETWORK = PreActResNet.Config.of(8, 6, 3, CLASSES);
    private static final DcpConfig HALF =
            DcpConfig.of(PruningRate.of("0.5"), 1)
                    .withLosses(1)
                    .withStage(new DcpConfig.Stage(1, 0.02))
                    .withSub(new DcpConfig.Sub(2, 0.05, 1e-4, 10));

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void everyMethodGivesTheSameArchitectureThatComputesWhatItPromises(Criterion criterion) {
        Module trained = trained(NETWORK);
        Map<String, Tensor> before = copy(trained);
        var dcp = new Dcp(trained, IMAGE, factory(NETWORK), HALF.withCriterion(criterion));
        List<String> said = new ArrayList<>();
        Pruned pruned = dcp.prune(data(), said::add);
        assertThat(pruned.steps()).hasSize(3);
        assertThat(pruned.steps())
                .allSatisfy(s -> {
                    assertThat(s.kept()).hasSize((s.channels() + 1) / 2).isSorted();
                    assertThat(s.losses()).hasSize(criterion.isGreedy() ? s.kept().size() + 1 : 0);
                });
        assertThat(NETWORK.resized(pruned.cut().shapes()).spec().configuration().get("mid"))
                .isEqualTo(List.of(3, 6, 12));
        assertThat(answers(pruned.network())).hasDimensions(4 * BATCH, CLASSES);
        before.forEach((name, t) ->
                assertThat(Objects.requireNonNull(trained.state().get(name)).floats())
                        .as(name)
                        .isEqualTo(t.floats()));
    }

    @ParameterizedTest
    @EnumSource(DcpConfig.Variant.class)
    void bothVariantsAreReproducible(DcpConfig.Variant variant) {
        DcpConfig config = HALF.withVariant(variant);
        Pruned one = prune(NETWORK, config);
        Pruned two = prune(NETWORK, config);
        assertThat(one.steps()).isEqualTo(two.steps());
        assertThat(answers(one.network())).isDeepEqualTo(answers(two.network()));
        assertThat(one.steps().stream().map(Dcp.Step::stage)).containsExactly(1, 1, 2);
    }

    @Test
    void selectedChannelsFitBetterThanRandomOnes() {
        DcpConfig fitted = HALF.withStage(new DcpConfig.Stage(0, 0.02));
        double chosen = 0;
        double random = 0;
        for (long seed = 1; seed <= 3; seed++) {
            chosen += last(prune(NETWORK, fitted.withSeed(seed)));
            random += last(prune(NETWORK, fitted.withSeed(seed).withCriterion(Criterion.RANDOM)));
        }
        assertThat(chosen).isLessThan(random);
    }

    private static double last(Pruned p) {
        return p.steps().stream().mapToDouble(s -> s.losses().getLast()).sum();
    }

    @Test
    void postActivationNetworkIsPruned() {
        NetworkConfig config = CifarResNet.Config.of(8, 6, 3, CLASSES);
        Pruned pruned = prune(config, HALF.withLosses(1));
        assertThat(config.resized(pruned.cut().shapes()).spec().configuration().get("mid"))
                .isEqualTo(List.of(3, 6, 12));
    }

    @Test
    void networkThatAUserWroteIsPruned() {
        Toy toy = Toy.make();
        var config = HALF.withLosses(0);
        Tensor images = Toy.images(4, 3);
        var data =
                new Dcp.Data(
                        Feed.inOrder(images, Toy.labels(4, 3), Toy.BATCH),
                        images,
                        Toy.labels(4, 3),
                        Toy.BATCH,
                        Toy.CLASSES);
        Pruned pruned = new Dcp(toy, Toy.IMAGES.with(0, 1), Toy::new, config).prune(data, _ -> {});
        assertThat(Objects.requireNonNull(pruned.network().state().get("second.weight")).shape())
                .isEqualTo(Shape.of(3, 3, 3, 4));
    }

    @Test
    void adaptiveStoppingKeepsNoFewerChannelsForASmallerEpsilon() {
        DcpConfig fitted = HALF.withStage(new DcpConfig.Stage(0, 0.02));
        int many = kept(prune(NETWORK, fitted.withStop(new StopRule.Adaptive(1e-4, 1))));
        int few = kept(prune(NETWORK, fitted.withStop(new StopRule.Adaptive(0.2, 1))));
        assertThat(few).isLessThanOrEqualTo(many).isGreaterThanOrEqualTo(3);
    }

    private static int kept(Pruned p) {
        return p.steps().stream().mapToInt(s -> s.kept().size()).sum();
    }

    @Test
    void oneShotMethodsCannotStopByThemselves() {
        DcpConfig config =
                HALF.withCriterion(Criterion.MAGNITUDE).withStop(new StopRule.Adaptive(0.1, 1));
        assertThatThrownBy(() -> new Dcp(trained(NETWORK), IMAGE, factory(NETWORK), config))
                .hasMessage(
                        "dcp: magnitude ranks channels once and has no objective that could stop it; give a rate instead of adaptive");
    }

    /// Masks hold through training with momentum and weight decay.
    @Test
    void channelsThatAreGoneStayExactlyZero() {
        Module model = trained(NETWORK);
        Replay pass = Replay.of(model, IMAGE.with(0, BATCH));
        String name = "layer1.0.conv2.weight";
        Tensor weight = Objects.requireNonNull(model.parameters().get(name));
        Tensor mask = OneShot.mask(new int[] {1, 4}, weight.shape());
        weight.assign(GradMode.off(() -> weight.detach().mul(mask)));
        var places = Blocks.of(pass).targets(1).subList(0, 1);
        var head = new LossHead(12, CLASSES, Rng.seed(1)); // behind the second block
        new StageTraining(model, pass, List.of(head), places, Map.of(name, mask), false)
                .run(data().training(), new DcpConfig.Stage(2, 0.05));
        float[] w = weight.floats();
        for (int i = 0; i < w.length; i++) {
            int channel = i / 6 % 6;
            assertThat(w[i] == 0).isEqualTo(channel != 1 && channel != 4);
        }
    }

    /// (S2) ends at the head; (S3) reaches everything. One step of each with its own momentum.
    @Test
    void firstStepOfAStageTouchesOnlyWhatTheHeadSees() {
        Module model = trained(NETWORK);
        Module other = trained(NETWORK);
        Replay pass = Replay.of(model, IMAGE.with(0, BATCH));
        Replay otherPass = Replay.of(other, IMAGE.with(0, BATCH));
        var stage = new DcpConfig.Stage(1, 0.01);
        Feed one = Feed.inOrder(images(), labels(), 4 * BATCH);
        var head = new LossHead(12, CLASSES, Rng.seed(1));
        new StageTraining(
                        model,
                        pass,
                        List.of(head),
                        Blocks.of(pass).targets(1).subList(0, 1),
                        Map.of(),
                        false)
                .run(one, stage);
        new StageTraining(other, otherPass, List.of(), List.of(), Map.of(), false).run(one, stage);
        // after the block that the head reads, only L_f counts: but the weights that (S3) reads in
        // its backward pass there are the same, so the last layer moves alike
        assertThat(values(model, "linear.weight")).isEqualTo(values(other, "linear.weight"));
        assertThat(values(model, "conv1.weight")).isNotEqualTo(values(other, "conv1.weight"));
    }

    private static float[] values(Module m, String name) {
        return Objects.requireNonNull(m.state().get(name)).floats();
    }

    @Test
    void wideNetworkIsRebuiltExactlyWhenNothingGoes() {
        DcpConfig nothing =
                HALF.withStage(new DcpConfig.Stage(0, 0.1))
                        .withStop(new StopRule.Budget(PruningRate.of("0.01")))
                        .withSub(new DcpConfig.Sub(0, 0.05, 0, 0));
        Module trained = trained(NETWORK);
        Pruned pruned = new Dcp(trained, IMAGE, factory(NETWORK), nothing).prune(data(), _ -> {});
        assertThat(answers(pruned.network())).isDeepEqualTo(answers(trained));
    }

    // ---- helpers ----

    private static Pruned prune(NetworkConfig config, DcpConfig settings) {
        return new Dcp(trained(config), IMAGE, factory(config), settings).prune(data(), _ -> {});
    }

    private static java.util.function.Function<Map<String, Shape>, Module> factory(
            NetworkConfig config) {
        return shapes -> config.resized(shapes).build(Rng.seed(3));
    }

    private static Map<String, Tensor> copy(Module m) {
        var copy = new LinkedHashMap<String, Tensor>();
        m.state().forEach((name, t) -> copy.put(name, Tensor.of(t.floats(), t.shape().dims())));
        return copy;
    }

    private static float[][] answers(Module m) {
        float[] flat = m.inference(() -> GradMode.off(() -> m.forward(images()).floats()));
        float[][] rows = new float[flat.length / CLASSES][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = java.util.Arrays.copyOfRange(flat, CLASSES * i, CLASSES * (i + 1));
        }
        return rows;
    }

    /// A network after three epochs, the same each time.
    private static Module trained(NetworkConfig config) {
        Module m = config.build(Rng.seed(2));
        Replay pass = Replay.of(m, IMAGE.with(0, BATCH));
        new StageTraining(m, pass, List.of(), List.of(), Map.of(), false)
                .run(data().training(), new DcpConfig.Stage(3, 0.05));
        return m;
    }

    private static Dcp.Data data() {
        return new Dcp.Data(
                Feed.shuffled(images(), labels(), BATCH, Rng.seed(5)),
                images(),
                labels(),
                BATCH,
                CLASSES);
    }

    /// A bright quarter per class, in noise.
    private static Tensor images() {
        double[] noise = Rng.seed(8).normal(0, 0.5, 4 * BATCH, 8, 8, 3).doubles();
        int[] labels = labels().ints();
        for (int i = 0; i < noise.length; i++) {
            int image = i / (8 * 8 * 3);
            int row = i / (8 * 3) % 8;
            int column = i / 3 % 8;
            noise[i] += row / 4 * 2 + column / 4 == labels[image] ? 1 : 0;
        }
        return Tensor.of(noise, 4 * BATCH, 8, 8, 3);
    }

    private static Tensor labels() {
        int[] labels = new int[4 * BATCH];
        java.util.Arrays.setAll(labels, i -> i % CLASSES);
        return Tensor.of(labels, labels.length);
    }

    /// Stopped after each layer in turn by a failure, and started again.
    @ParameterizedTest
    @EnumSource(DcpConfig.Variant.class)
    void brokenSelectionGoesOnToTheSameResult(DcpConfig.Variant variant, @TempDir Path folder) {
        DcpConfig config = HALF.withVariant(variant);
        Pruned whole = prune(NETWORK, config);
        Path journal = folder.resolve("journal.safetensors");
        Pruned last = null;
        int breaks = 0;
        while (last == null) {
            int[] left = {1};
            try {
                last =
                        new Dcp(trained(NETWORK), IMAGE, factory(NETWORK), config)
                                .prune(
                                        data(),
                                        line -> {
                                            if (line.startsWith("stage") && left[0]-- == 0) {
                                                throw new IllegalStateException("power cut");
                                            }
                                        },
                                        journal);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("power cut");
                breaks++;
            }
        }
        assertThat(breaks).isEqualTo(2);
        assertThat(last.steps()).isEqualTo(whole.steps());
        assertThat(answers(last.network())).isDeepEqualTo(answers(whole.network()));
    }

    /// The joint objective classifies better than pure reconstruction: the pattern of Table 6.
    @Test
    void discriminationMakesTheSelectedNetworkClassifyBetter() {
        DcpConfig config = HALF.withStage(new DcpConfig.Stage(0, 0.02)).withLosses(0);
        Module joint = prune(NETWORK, config).network();
        Module rebuilt = prune(NETWORK, config.withCriterion(Criterion.RECONSTRUCTION)).network();
        assertThat(crossEntropy(joint)).isLessThan(crossEntropy(rebuilt));
    }

    private static double crossEntropy(Module m) {
        return m.inference(() ->
                GradMode.off(() -> Losses.crossEntropy(m.forward(images()), labels()).item()));
    }

    @Test
    void layersAreThoseOfTheBlocks() {
        PruningGraph graph = PruningGraph.of(NETWORK.build(Rng.seed(1)), IMAGE);
        assertThat(PrunedLayer.of(graph).stream().map(PrunedLayer::name))
                .containsExactly("layer1.0.conv2", "layer2.0.conv2", "layer3.0.conv2");
    }
}
