package javelin.algorithms.dcp.experiment;

import javelin.algorithms.dcp.Criterion;
import javelin.algorithms.dcp.Dcp;
import javelin.algorithms.dcp.DcpConfig;
import javelin.algorithms.dcp.FineTuning;
import javelin.algorithms.dcp.Latency;
import javelin.algorithms.dcp.PrunedLayer;
import javelin.algorithms.dcp.PruningData;
import javelin.algorithms.dcp.PruningRate;
import javelin.algorithms.dcp.ScoreNorm;
import javelin.algorithms.dcp.StopRule;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.data.Loader;
import javelin.nn.prune.ChannelCut;
import javelin.nn.prune.PruningGraph;
import javelin.nn.train.Evaluator;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Prunes one trained network with every method, rate and training being the same, for several
/// seeds; lets DCP stop by itself; measures what pruned networks gain in time.
///
/// @param rate part of the channels of each layer that goes
/// @param losses number of additional losses, `P`
/// @param epsilon at which adaptive selection stops
/// @param samples images that channels are selected with
/// @param stageEpochs training before each selection
/// @param fineTuning training of the small network; its seed is replaced
/// @param seeds repetitions
/// @param timed networks whose speed is measured, by their names in the zoo
public record DcpExperiment(
        String rate,
        int losses,
        double epsilon,
        int samples,
        int stageEpochs,
        FineTuning fineTuning,
        List<Long> seeds,
        List<String> timed) {
    private static final int SELECTION_BATCH = 64;
    private static final int STAGE_BATCH = 64;

    /// A minute on a small network and drawn digits.
    public static final DcpExperiment SMOKE =
            new DcpExperiment(
                    "0.5",
                    1,
                    0.02,
                    64,
                    1,
                    new FineTuning(1, 0.01, 32, 1),
                    List.of(1L),
                    List.of("resnet8"));

    /// The evidence: a published ResNet-20 on part of CIFAR-10.
    public static final DcpExperiment SMALL =
            new DcpExperiment(
                    "0.5",
                    2,
                    0.01,
                    256,
                    1,
                    new FineTuning(4, 0.01, 64, 1),
                    List.of(1L, 2L, 3L),
                    List.of("resnet56", "mobilenet-v1-small", "mobilenet-v2-small"));

    /// The paper's lengths of training.
    public static final DcpExperiment PAPER =
            new DcpExperiment(
                    "0.5",
                    3,
                    0.001,
                    50_000,
                    100,
                    new FineTuning(400, 0.1, 128, 1),
                    List.of(1L, 2L, 3L),
                    List.of("resnet56", "vgg19-small", "mobilenet-v1-small", "mobilenet-v2-small"));

    /// Copies the lists.
    public DcpExperiment {
        seeds = List.copyOf(seeds);
        timed = List.copyOf(timed);
    }

    /// What is pruned.
    ///
    /// @param name for people
    /// @param config architecture
    /// @param network trained
    public record Subject(String name, NetworkConfig config, Module network) {}

    /// One pruning.
    ///
    /// @param method how channels were chosen
    /// @param adaptive whether the objective decided when to stop
    /// @param seed of everything random
    /// @param selected on the held images, before the small network is trained
    /// @param trained on the held images, after
    /// @param parameters trained numbers
    /// @param macs multiply-adds of an image
    /// @param seconds of the selection, training before it included
    /// @param steps layer by layer
    public record Trial(
            Criterion method,
            boolean adaptive,
            long seed,
            Judged selected,
            Judged trained,
            long parameters,
            long macs,
            double seconds,
            List<Dcp.Step> steps) {
        /// Sum over the layers of the objective after the last selected channel.
        public double objective() {
            return steps.stream()
                    .filter(s -> !s.losses().isEmpty())
                    .mapToDouble(s -> s.losses().getLast())
                    .sum();
        }
    }

    /// How a network does.
    ///
    /// @param accuracy part of the images that it tells right
    /// @param loss mean cross entropy
    public record Judged(double accuracy, double loss) {
        static Judged of(Evaluator.Report r) {
            return new Judged(r.accuracy(), r.loss());
        }
    }

    /// Times of a network with half of its channels.
    ///
    /// @param network name in the zoo
    /// @param batch images at once
    /// @param latency of the whole and of the half network
    /// @param macs multiply-adds of the whole over those of the half
    public record Speed(String network, int batch, Latency latency, double macs) {}

    /// What all studies gave.
    ///
    /// @param subject name of what was pruned
    /// @param wide how it does unpruned
    /// @param parameters its trained numbers
    /// @param macs its multiply-adds
    /// @param trials every pruning
    /// @param speeds times
    public record Results(
            String subject,
            Judged wide,
            long parameters,
            long macs,
            List<Trial> trials,
            List<Speed> speeds) {
        /// The prunings by a method at the fixed rate.
        public List<Trial> of(Criterion method) {
            return trials.stream().filter(t -> t.method == method && !t.adaptive).toList();
        }

        /// The prunings in which DCP stopped by itself.
        public List<Trial> adaptive() {
            return trials.stream().filter(Trial::adaptive).toList();
        }
    }

    /// Runs all studies.
    ///
    /// @param say hears what is done, in sentences
    public Results run(Subject subject, PruningData data, Consumer<String> say) {
        Shape image =
                Shape.of(1, data.train().height(), data.train().width(), data.train().channels());
        Judged wide = Judged.of(data.judge(subject.network));
        say.accept(text("%s unpruned: accuracy %.4f", subject.name, wide.accuracy));
        List<Trial> trials = new ArrayList<>();
        for (long seed : seeds) {
            for (Criterion method : Criterion.values()) {
                trials.add(trial(subject, data, image, method, false, seed, say));
            }
            trials.add(trial(subject, data, image, Criterion.DCP, true, seed, say));
        }
        List<Speed> speeds = new ArrayList<>();
        for (String name : timed) {
            for (int batch : new int[] {1, 16}) {
                speeds.add(speed(name, batch));
                Speed s = speeds.getLast();
                say.accept(
                        text(
                                "%s, batch %d: %.3f ms -> %.3f ms, %.2f times as fast",
                                name,
                                batch,
                                s.latency.wide(),
                                s.latency.small(),
                                s.latency.speedUp()));
            }
        }
        return new Results(
                subject.name,
                wide,
                subject.network.parameterCount(),
                subject.network.trace(image).macs(),
                trials,
                speeds);
    }

    private Trial trial(
            Subject subject,
            PruningData data,
            Shape image,
            Criterion method,
            boolean adaptive,
            long seed,
            Consumer<String> say) {
        long start = System.nanoTime();
        var dcp =
                new Dcp(
                        subject.network,
                        image,
                        s -> subject.config.resized(s).build(Rng.seed(seed).split(77)),
                        config(method, adaptive, seed));
        Dcp.Pruned pruned;
        try (Loader feed = data.training(STAGE_BATCH, seed)) {
            int batch = Math.min(SELECTION_BATCH, samples);
            pruned = dcp.prune(data.selection(samples, batch, feed), _ -> {});
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Module small = pruned.network();
        Judged selected = Judged.of(data.judge(small));
        new FineTuning(fineTuning.epochs(), fineTuning.rate(), fineTuning.batch(), seed)
                .run(small, data);
        var trial =
                new Trial(
                        method,
                        adaptive,
                        seed,
                        selected,
                        Judged.of(data.judge(small)),
                        small.parameterCount(),
                        small.trace(image).macs(),
                        seconds,
                        pruned.steps());
        say.accept(
                text(
                        "seed %d, %s%s: accuracy %.4f selected, %.4f trained; %,d parameters; %.0f s",
                        seed,
                        method.name().toLowerCase(Locale.ROOT),
                        adaptive ? " adaptive" : "",
                        selected.accuracy,
                        trial.trained.accuracy,
                        trial.parameters,
                        seconds));
        return trial;
    }

    private DcpConfig config(Criterion method, boolean adaptive, long seed) {
        StopRule stop =
                adaptive
                        ? new StopRule.Adaptive(epsilon, 1)
                        : new StopRule.Budget(PruningRate.of(rate));
        return new DcpConfig(
                DcpConfig.Variant.NEURIPS,
                method,
                losses,
                1,
                stop,
                ScoreNorm.FROBENIUS,
                DcpConfig.Reference.REFRESHED,
                new DcpConfig.Stage(stageEpochs, fineTuning.rate()),
                new DcpConfig.Sub(1, 0.01, 1e-4, 10),
                true,
                seed);
    }

    /// The zoo's network as it is and with half of the channels, random weights.
    private static Speed speed(String name, int batch) {
        NetworkConfig config = Zoo.named(name, new Zoo.Input(32, 32, 3, 10));
        Module wide = config.build(Rng.seed(1));
        wide.training(false);
        Shape image = Shape.of(1, 32, 32, 3);
        PruningGraph graph = PruningGraph.of(wide, image);
        ChannelCut cut = ChannelCut.none(graph);
        PruningRate half = PruningRate.of("0.5");
        for (PrunedLayer layer : PrunedLayer.of(graph)) {
            int[] kept = IntStream.range(0, half.kept(layer.channels())).toArray();
            cut = cut.keep(layer.group(), kept);
        }
        Module small = cut.rebuild(wide, s -> config.resized(s).build(Rng.seed(1)));
        double macs = (double) wide.trace(image).macs() / small.trace(image).macs();
        return new Speed(name, batch, Latency.of(wide, small, image.with(0, batch)), macs);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
