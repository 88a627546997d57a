package javelin.algorithms.cli;

import javelin.algorithms.dcp.Blocks;
import javelin.algorithms.dcp.Dcp;
import javelin.algorithms.dcp.Latency;
import javelin.algorithms.dcp.PruningData;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.data.ByteImages;
import javelin.nn.data.Loader;
import javelin.nn.io.Json;
import javelin.nn.prune.PruningGraph;
import javelin.nn.train.ProgressBar;
import javelin.nn.train.StopSignal;
import javelin.nn.train.TrainListener;
import javelin.nn.zoo.MobileNetV2;
import javelin.nn.zoo.NetworkConfig;
import javelin.tensor.Rng;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One pruning of the command line: from a trained classifier to a smaller one, with what is needed
/// to go on after a break in a folder.
///
/// | file of the folder | what |
/// |---|---|
/// | `settings.json` | settings and model; another run does not go on with it |
/// | `journal.safetensors` | the layers selected so far |
/// | `selected.safetensors` | the small network before its training |
/// | `checkpoints/` | its training so far |
final class Pruning {
    private final Classifier wide;
    private final PruneSettings settings;
    private final Sets sets;
    private final Path work;
    private final boolean quiet;
    private final Consumer<String> say;
    private final Dcp dcp;

    /// What came out.
    ///
    /// @param small the smaller classifier
    /// @param accuracy of both on the validation images, before and after
    /// @param test the same on the test images; null if there are none
    /// @param untrained accuracy of the smaller one before its training
    /// @param latency of one image
    /// @param parameters trained numbers of both
    /// @param macs multiply-adds of one image of both
    record Result(
            Classifier small,
            Change accuracy,
            @Nullable Change test,
            double untrained,
            Latency latency,
            Change parameters,
            Change macs) {}

    /// A number of the wide network, and of the small one.
    record Change(double before, double after) {}

    /// @param work folder for what is needed to go on
    Pruning(
            Classifier wide,
            PruneSettings settings,
            Sets sets,
            Path work,
            boolean quiet,
            Consumer<String> say) {
        this.wide = wide;
        this.settings = settings;
        this.sets = sets;
        this.work = work;
        this.quiet = quiet;
        this.say = say;
        Module network = wide.network();
        PruningGraph graph = PruningGraph.of(network, image(1));
        boolean inverted = wide.config() instanceof MobileNetV2.Config;
        this.dcp =
                new Dcp(
                        network,
                        shapes -> built(wide.config().resized(shapes)),
                        settings.config(Blocks.of(network, image(1)).count()),
                        graph,
                        inverted ? g -> g.name().contains("expand") : _ -> true);
    }

    private Module built(NetworkConfig config) {
        return config.build(Rng.seed(settings.seed()).split(77));
    }

    private Shape image(int batch) {
        return Shape.of(batch, wide.height(), wide.width(), wide.channels());
    }

    /// Prunes and trains, or goes on with that.
    ///
    /// @return null if it was stopped on request
    @Nullable Result run() throws IOException {
        var data = new PruningData(sets.train(), sets.validation(), wide.pixels());
        begin();
        Path selected = work.resolve("selected.safetensors");
        if (Files.exists(selected)) {
            say.accept("going on with the channels selected before");
        } else {
            Files.createDirectories(work);
            select(data).save(selected);
        }
        Classifier small = Classifier.load(selected);
        double untrained = data.judge(small.network()).accuracy();
        List<TrainListener> listeners =
                quiet
                        ? List.of()
                        : List.of(
                                new ProgressBar(
                                        System.err, Boolean.getBoolean("javelin.terminal")));
        try (var stop = StopSignal.onExit(Duration.ofSeconds(60))) {
            boolean finished =
                    settings.fineTuning()
                            .run(
                                    small.network(),
                                    data,
                                    work.resolve("checkpoints"),
                                    listeners,
                                    stop);
            if (!finished) {
                return null;
            }
        }
        ByteImages test = sets.test();
        return new Result(
                small,
                judged(data, small, sets.validation()),
                test == null ? null : judged(data, small, test),
                untrained,
                Latency.of(wide.network(), small.network(), image(1)),
                new Change(wide.network().parameterCount(), small.network().parameterCount()),
                new Change(
                        wide.network().trace(image(1)).macs(),
                        small.network().trace(image(1)).macs()));
    }

    private Change judged(PruningData data, Classifier small, ByteImages images) {
        return new Change(
                data.judge(wide.network(), images).accuracy(),
                data.judge(small.network(), images).accuracy());
    }

    /// Settles that the folder is ours.
    private void begin() throws IOException {
        Map<String, @Nullable Object> own = settings.toJson();
        own.put("model", wide.config().spec().family());
        own.put("data", Sets.hash(sets.train()));
        String text = Json.pretty(own);
        Path file = work.resolve("settings.json");
        if (Files.exists(file) && !Files.readString(file).equals(text)) {
            throw new IOException(
                    work
                            + ": holds a pruning with other settings; use the same, or another --out,"
                            + " or remove the folder");
        }
        Files.createDirectories(work);
        Outputs.write(file, text);
    }

    private Classifier select(PruningData data) {
        try (Loader feed = data.training(settings.batch(), settings.seed())) {
            int batch = Math.min(64, Math.min(settings.samples(), sets.train().size()));
            Dcp.Pruned pruned =
                    dcp.prune(
                            data.selection(settings.samples(), batch, feed),
                            say,
                            work.resolve("journal.safetensors"));
            var origin = new LinkedHashMap<String, @Nullable Object>();
            origin.put("pruning", settings.toJson());
            origin.put("kept", kept(pruned));
            origin.putAll(Provenance.here());
            origin.put("data", sets.toJson());
            origin.put("wide", wide.origin());
            return new Classifier(
                    wide.config().resized(pruned.cut().shapes()),
                    pruned.network(),
                    wide.pixels(),
                    wide.height(),
                    wide.width(),
                    wide.classes(),
                    origin);
        }
    }

    private static Map<String, @Nullable Object> kept(Dcp.Pruned pruned) {
        var layers = new LinkedHashMap<String, @Nullable Object>();
        pruned.steps()
                .forEach(s ->
                        layers.put(s.layer(), "%d of %d".formatted(s.kept().size(), s.channels())));
        return layers;
    }

    /// Removes what is only needed to go on.
    void clear() throws IOException {
        if (!Files.isDirectory(work)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(work)) {
            files.forEach(all::add);
        }
        for (Path file : all.reversed()) {
            Files.deleteIfExists(file);
        }
    }
}
