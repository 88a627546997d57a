package javelin.algorithms.dcp;

import javelin.algorithms.dcp.GreedySelection.Selection;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.data.Feed;
import javelin.nn.prune.ChannelCut;
import javelin.nn.prune.ChannelGroup;
import javelin.nn.prune.PruningGraph;
import javelin.tensor.Node;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.Slice;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Discrimination-aware channel pruning, Algorithm 1, and the methods it is compared with: from a
/// trained network to a physically smaller one with the same layers. Works on any network whose
/// layers it finds in the recorded ops; the given network is not changed.
///
/// ```java
/// var image = Shape.of(1, 32, 32, 3);
/// var dcp = new Dcp(network, image, MyNetwork::new, DcpConfig.of(PruningRate.of("0.3"), 10));
/// Module small = dcp.prune(data, System.out::println).network();
/// ```
public final class Dcp {
    private final Function<Map<String, Shape>, Module> factory;
    private final Module trained;
    private final DcpConfig config;
    private final PruningGraph graph;
    private final List<PrunedLayer> layers;

    /// What is learnt from.
    ///
    /// @param training batches for the training between selections, changed at random as is usual
    /// @param images selection data `D_s`, `[n, h, w, c]`, not changed; what is left over of whole
    ///   batches is not used
    /// @param labels their classes, `[n]`
    /// @param batch selection images per batch
    /// @param classes number of classes
    public record Data(Feed training, Tensor images, Tensor labels, int batch, int classes) {
        /// Checks that there is a whole batch.
        public Data {
            if (batch < 1 || images.dim(0) < batch || images.dim(0) != labels.dim(0)) {
                throw new IllegalArgumentException(
                        "dcp: %d selection images and %d labels do not fill a batch of %d"
                                .formatted(images.dim(0), labels.dim(0), batch));
            }
        }

        private Shape shape() {
            return images.shape().with(0, batch);
        }

        private int batches() {
            return images.dim(0) / batch;
        }

        private Tensor images(int i) {
            return Slice.slice(images, 0, i * batch, (i + 1) * batch);
        }

        private Tensor labels(int i) {
            return Slice.slice(labels, 0, i * batch, (i + 1) * batch);
        }
    }

    /// How the channels of a layer were chosen.
    ///
    /// @param layer its name
    /// @param stage stage in which it was its turn, from 1
    /// @param channels how many it had
    /// @param kept numbers of those that stay, ascending
    /// @param losses objective without any channel, then after each; empty if nothing was fitted
    public record Step(
            String layer, int stage, int channels, List<Integer> kept, List<Double> losses) {
        /// Copies the lists.
        public Step {
            kept = List.copyOf(kept);
            losses = List.copyOf(losses);
        }
    }

    /// What came out.
    ///
    /// @param network the smaller network, in inference mode
    /// @param cut which channels stay
    /// @param steps layer by layer
    public record Pruned(Module network, ChannelCut cut, List<Step> steps) {
        /// Copies the list.
        public Pruned {
            steps = List.copyOf(steps);
        }
    }

    /// Pruning of all layers that [PrunedLayer] finds.
    ///
    /// @param trained network to be pruned
    /// @param image shape of one input, `[1, h, w, c]`
    /// @param factory makes a network of the same layers from the shapes of their tensors
    /// @throws IllegalArgumentException if no channel can be cut
    public Dcp(
            Module trained,
            Shape image,
            Function<Map<String, Shape>, Module> factory,
            DcpConfig config) {
        this(trained, factory, config, PruningGraph.of(trained, image), _ -> true);
    }

    /// Pruning of some layers.
    ///
    /// @param wanted which groups of channels are pruned
    public Dcp(
            Module trained,
            Function<Map<String, Shape>, Module> factory,
            DcpConfig config,
            PruningGraph graph,
            java.util.function.Predicate<ChannelGroup> wanted) {
        this.trained = trained;
        this.factory = factory;
        this.config = config;
        this.graph = graph;
        this.layers = PrunedLayer.of(graph, wanted);
        if (!config.criterion().isGreedy() && !(config.stop() instanceof StopRule.Budget)) {
            throw new IllegalArgumentException(
                    "dcp: %s ranks channels once and has no objective that could stop it; give a rate instead of adaptive"
                            .formatted(
                                    config.criterion().name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    /// The layers that are pruned, in the order of their declaration.
    public List<PrunedLayer> layers() {
        return layers;
    }

    /// Prunes.
    ///
    /// @param say hears what is done, in sentences
    public Pruned prune(Data data, Consumer<String> say) {
        return prune(data, say, null);
    }

    /// Prunes, and remembers after each layer how far it has come: the same run started again goes
    /// on from there, to the same result. Methods that fit nothing are short and start anew.
    ///
    /// @param journal file to remember it in, in a folder that exists; null for none
    /// @throws java.io.UncheckedIOException if it cannot be written, or is of another run
    public Pruned prune(Data data, Consumer<String> say, @Nullable Path journal) {
        Module model = copy(trained);
        return config.criterion().isGreedy()
                ? new Run(model, data, say, new Journal(journal)).run()
                : oneShot(model, data);
    }

    private Module copy(Module network) {
        Module copy = factory.apply(graph.shapes());
        copy.load(network.state());
        copy.training(false);
        return copy;
    }

    private Pruned oneShot(Module model, Data data) {
        PruningRate rate = ((StopRule.Budget) config.stop()).rate();
        if (config.criterion() == Criterion.SLIMMING) {
            OneShot.slim(model, layers, data.training, config.stage());
        }
        ChannelCut cut = ChannelCut.none(graph);
        List<Step> steps = new ArrayList<>();
        for (PrunedLayer layer : layers) {
            double[] scores =
                    switch (config.criterion()) {
                        case MAGNITUDE -> OneShot.magnitudes(model, layer.group());
                        case SLIMMING -> OneShot.scales(model, layer.group());
                        default -> new double[layer.channels()];
                    };
            int[] kept = OneShot.best(scores, rate.kept(layer.channels()));
            cut = cut.keep(layer.group(), kept);
            steps.add(step(layer, 1, kept, List.of()));
        }
        Module small =
                config.criterion() == Criterion.SCRATCH
                        ? factory.apply(cut.shapes())
                        : cut.rebuild(model, factory);
        small.training(false);
        return new Pruned(small, cut, steps);
    }

    private static Step step(PrunedLayer layer, int stage, int[] kept, List<Double> losses) {
        return new Step(
                layer.name(),
                stage,
                layer.channels(),
                Arrays.stream(kept).boxed().toList(),
                losses);
    }

    /// One run of Algorithm 1.
    private final class Run {
        private final Module model; // M
        private final Module reference; // M^b
        private final Replay replay;
        private final Replay referenceReplay;
        private final List<Node> targets; // L_1 … L_{P+1}
        private final List<@Nullable LossHead> heads = new ArrayList<>(); // none for the last stage
        private final Map<String, Tensor> masks = new LinkedHashMap<>();
        private final List<Step> steps = new ArrayList<>();
        private final Data data;
        private final Consumer<String> say;
        private final Rng rng = Rng.seed(config.seed());
        private final Journal journal;
        private Journal.Progress before = new Journal.Progress(0, List.of());
        private int trainings;
        private ChannelCut cut = ChannelCut.none(graph);

        Run(Module model, Data data, Consumer<String> say, Journal journal) {
            this.model = model;
            this.journal = journal;
            this.reference = copy(trained); // line 1
            this.data = data;
            this.say = say;
            this.replay = Replay.of(model, data.shape());
            this.referenceReplay = Replay.of(reference, data.shape());
            this.targets = Blocks.of(replay).targets(config.losses());
            for (int p = 0; p < config.losses(); p++) {
                int channels = targets.get(p).shape().dim(-1);
                var head = new LossHead(channels, data.classes(), rng.split(p));
                head.training(false);
                heads.add(head);
            }
            heads.add(null);
        }

        Pruned run() {
            before = journal.restore(networks());
            boolean v2 = config.variant() == DcpConfig.Variant.V2;
            if (v2) {
                train(attached(), targets.subList(0, config.losses()), true, config.stage());
            }
            for (int p = 0; p < targets.size(); p++) { // line 2
                if (!v2) {
                    LossHead head = heads.get(p); // line 3
                    List<LossHead> one = head == null ? List.of() : List.of(head);
                    List<Node> at = head == null ? List.of() : List.of(targets.get(p));
                    train(one, at, false, config.stage()); // line 4
                }
                for (PrunedLayer layer : stage(p)) { // line 7
                    if (steps.size() < before.steps().size()) {
                        repeat(layer, before.steps().get(steps.size()));
                    } else {
                        select(layer, p);
                        save();
                    }
                }
                if (v2 && config.stage().epochs() > 0) {
                    double last = config.stage().rate() / 100; // what the first training ended with
                    List<Node> at = targets.subList(0, config.losses());
                    train(attached(), at, true, new DcpConfig.Stage(1, last));
                }
            }
            Module small = cut.rebuild(model, factory); // line 9
            small.training(false);
            return new Pruned(small, cut, steps);
        }

        private List<LossHead> attached() {
            return heads.stream().filter(Objects::nonNull).toList();
        }

        /// What changes during a run.
        private Map<String, Module> networks() {
            var all = new LinkedHashMap<String, Module>();
            all.put("model", model);
            all.put("reference", reference);
            for (LossHead head : attached()) {
                all.put("head" + all.size(), head);
            }
            return all;
        }

        private void save() {
            journal.save(new Journal.Progress(trainings, steps), networks());
        }

        /// A step that was done before a break.
        private void repeat(PrunedLayer layer, Step step) {
            int[] kept = step.kept().stream().mapToInt(Integer::intValue).toArray();
            int[] positions = Arrays.stream(kept).map(layer::position).toArray();
            Shape weight =
                    Objects.requireNonNull(model.state().get(layer.weight()), layer.weight())
                            .shape();
            masks.put(layer.weight(), OneShot.mask(positions, weight));
            cut = cut.keep(layer.group(), kept);
            steps.add(step);
        }

        private void train(
                List<LossHead> with, List<Node> at, boolean together, DcpConfig.Stage stage) {
            trainings++;
            if (trainings <= before.trainings()) {
                return; // done before a break
            }
            if (stage.epochs() > 0) {
                double loss =
                        new StageTraining(model, replay, with, at, masks, together)
                                .run(data.training, stage);
                say.accept(
                        String.format(
                                java.util.Locale.ROOT,
                                "trained %d epochs with %d additional losses, final loss %.3f",
                                stage.epochs(),
                                with.size(),
                                loss));
            }
            if (trainings == 1 && config.reference() == DcpConfig.Reference.REFRESHED) {
                reference.load(model.state()); // line 5
            }
            save();
        }

        /// Layers that the loss of a stage sees, and none before it, in forward order.
        private List<PrunedLayer> stage(int p) {
            List<Node> order = replay.nodes();
            return layers.stream()
                    .filter(l ->
                            replay.before(targets.get(p)).contains(convolution(replay, model, l)))
                    .filter(l ->
                            targets.subList(0, p).stream()
                                    .noneMatch(t ->
                                            replay.before(t)
                                                    .contains(convolution(replay, model, l))))
                    .sorted(
                            java.util.Comparator.comparingInt(
                                    l -> order.indexOf(convolution(replay, model, l))))
                    .toList();
        }

        private void select(PrunedLayer layer, int p) {
            freeze(layer);
            try {
                Node conv = convolution(replay, model, layer);
                var problem =
                        new LayerProblem(
                                replay,
                                conv,
                                targets.get(p),
                                heads.get(p),
                                config.reconstruction(),
                                config.discrimination());
                Node goal = convolution(referenceReplay, reference, layer);
                for (int i = 0; i < data.batches(); i++) {
                    Tensor images = data.images(i);
                    Tensor o = referenceReplay.run(images, List.of(goal)).get(goal);
                    problem.add(images, Objects.requireNonNull(o), data.labels(i));
                }
                var greedy =
                        new GreedySelection(
                                problem,
                                config,
                                new SubProblem.Descent(config.sub()),
                                rng.split(1000 + steps.size()));
                Selection found = greedy.run(); // line 8
                masks.put(layer.weight(), OneShot.mask(found.kept(), problem.shape()));
                int[] kept =
                        IntStream.range(0, layer.channels())
                                .filter(k -> found.order().contains(layer.position(k)))
                                .toArray();
                cut = cut.keep(layer.group(), kept);
                steps.add(step(layer, p + 1, kept, found.losses()));
                say.accept(
                        String.format(
                                java.util.Locale.ROOT,
                                "stage %d, %s: %d of %d channels, objective %.4f -> %.4f",
                                p + 1,
                                layer.name(),
                                kept.length,
                                layer.channels(),
                                found.losses().getFirst(),
                                found.losses().getLast()));
            } finally {
                model.parameters().values().forEach(t -> t.requireGrad(true));
                attached().forEach(h -> h.parameters().values().forEach(t -> t.requireGrad(true)));
            }
        }

        /// Line 6: only the layer itself is left to learn.
        private void freeze(PrunedLayer layer) {
            String bias = layer.name().isEmpty() ? "bias" : layer.name() + ".bias";
            model.parameters()
                    .forEach((name, t) ->
                            t.requireGrad(name.equals(layer.weight()) || name.equals(bias)));
            attached().forEach(h -> h.parameters().values().forEach(t -> t.requireGrad(false)));
            model.training(false);
        }
    }

    /// Where the pass applies a layer.
    ///
    /// @throws IllegalArgumentException if it does so more than once
    private static Node convolution(Replay pass, Module network, PrunedLayer layer) {
        Tensor weight = Objects.requireNonNull(network.state().get(layer.weight()));
        List<Node> found =
                pass.nodes().stream()
                        .filter(n -> n.op() instanceof Conv2d && n.inputs().get(1) == weight.node())
                        .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "dcp: layer %s is used %d times; its channels cannot be selected at one place"
                            .formatted(layer.name(), found.size()));
        }
        return found.getFirst();
    }
}
