package javelin.algorithms.cli;

import javelin.algorithms.report.Confusion;
import javelin.nn.Module;
import javelin.nn.data.Dataset;
import javelin.nn.data.Loader;
import javelin.nn.data.augment.Normalize;
import javelin.nn.train.Checkpoint;
import javelin.nn.train.CsvLog;
import javelin.nn.train.Evaluator;
import javelin.nn.train.History;
import javelin.nn.train.Monitor;
import javelin.nn.train.Prediction;
import javelin.nn.train.ProgressBar;
import javelin.nn.train.Saving;
import javelin.nn.train.StopSignal;
import javelin.nn.train.TensorBoardLog;
import javelin.nn.train.TrainListener;
import javelin.nn.train.Trainer;
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

/// A training run of the command line: from a recipe and data to a trained classifier, with logs
/// and checkpoints in a folder.
///
/// @param recipe what to do
/// @param sets data
/// @param folder where logs and checkpoints go
/// @param quiet whether no progress is printed
/// @param stopAfter number of the step after which the run is stopped as by Ctrl-C; 0 for none
record Training(Recipe recipe, Sets sets, Path folder, boolean quiet, long stopAfter) {
    /// Independent sources of random numbers, split off the seed.
    private static final int WEIGHTS = 0;

    private static final int ORDER = 1;

    /// What came out.
    ///
    /// @param classifier the trained network
    /// @param stop how it ended
    /// @param history metrics of all epochs
    /// @param table the curve
    /// @param imagesPerSecond images that were learnt from per second, evaluation left out
    record Result(
            Classifier classifier,
            TrainListener.Stop stop,
            History history,
            StepTable table,
            double imagesPerSecond) {
        boolean finished() {
            return stop.reason() == TrainListener.Reason.FINISHED;
        }
    }

    /// Newest checkpoint of a run in a folder.
    static Path checkpoint(Path folder) {
        return folder.resolve("checkpoints").resolve("last.safetensors");
    }

    /// Removes the logs of a run that ended before its first checkpoint, or of an earlier tour:
    /// they would be continued.
    private static void clear(Path folder) throws IOException {
        for (String name : List.of("steps.csv", "epochs.csv")) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /// Trains from the start, or goes on.
    ///
    /// @param config the network
    Result run(NetworkConfig config, boolean resume) throws IOException {
        if (!resume) {
            clear(folder);
        }
        Rng rng = Rng.seed(recipe.seed());
        Module network = config.build(rng.split(WEIGHTS));
        Normalize pixels = Normalize.of(sets.train());
        Loader.Config order =
                Loader.Config.training(recipe.batch(), rng.split(ORDER).state().key())
                        .withAugment(recipe.augment() ? pixels.then(sets.augment()) : pixels);
        var speed = new Speed();
        List<TrainListener> listeners = new ArrayList<>();
        listeners.add(speed);
        listeners.add(new CsvLog(folder));
        listeners.add(new TensorBoardLog(folder.resolve("tensorboard")));
        if (!quiet) {
            listeners.add(new ProgressBar(System.err, Boolean.getBoolean("javelin.terminal")));
        }
        Saving saving =
                Saving.in(folder.resolve("checkpoints"))
                        .withBest(Monitor.highest("validation_accuracy"));
        try (var feed = new Loader(sets.train(), order);
                var held = loader(sets.validation(), pixels);
                var stop = StopSignal.onExit(Duration.ofSeconds(60))) {
            var validation = Evaluator.classification("validation", held);
            listeners.add(new StopAfter(stopAfter, stop));
            var trainer = new Trainer(network, recipe.config(feed.batches()), saving, listeners);
            Trainer.Outcome outcome =
                    resume
                            ? trainer.resume(checkpoint(folder), feed, validation, stop)
                            : trainer.fit(feed, validation, stop);
            if (outcome.stop().reason() == TrainListener.Reason.INTERRUPTED) {
                boolean needsFolder = !sets.sources().isEmpty() && Sets.environment() == null;
                System.err.println(
                        "%sgo on with: javelin train --resume --out %s%s"
                                .formatted(
                                        quiet ? outcome.stop().message() + "; " : "",
                                        folder,
                                        needsFolder ? " --data DIR" : ""));
            }
            Checkpoint.read(checkpoint(folder)).loadWeights(network);
            network.training(false);
            return new Result(
                    new Classifier(
                            config,
                            network,
                            pixels,
                            sets.train().height(),
                            sets.train().width(),
                            sets.classes(),
                            origin()),
                    outcome.stop(),
                    outcome.history(),
                    StepTable.read(folder.resolve("steps.csv")),
                    speed.imagesPerSecond());
        }
    }

    private Map<String, @Nullable Object> origin() {
        var origin = new LinkedHashMap<String, @Nullable Object>();
        origin.put("recipe", recipe.toJson());
        origin.putAll(Provenance.here());
        origin.put("data", sets.toJson());
        return origin;
    }

    /// What the classifier makes of a set, in order.
    static List<Prediction> predict(Classifier classifier, Dataset data) {
        try (Loader loader = loader(data, classifier.pixels())) {
            return Prediction.of(classifier.network(), loader);
        }
    }

    /// All images in order, as a network wants them.
    private static Loader loader(Dataset data, Normalize pixels) {
        return new Loader(data, Loader.Config.evaluation(200).withAugment(pixels));
    }

    /// Confusion matrix of predictions for a set.
    static Confusion confusion(Dataset data, List<Prediction> predictions) {
        int[] labels = new int[data.size()];
        int[] guesses = new int[data.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = data.label(i);
            guesses[i] = predictions.get(i).label();
        }
        return Confusion.of(data.classes(), labels, guesses);
    }

    /// The run as it goes into `results.json`.
    Map<String, @Nullable Object> toJson(Result result) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("recipe", recipe.toJson());
        json.put("seed", recipe.seed());
        json.putAll(Provenance.here());
        json.put("data", sets.toJson());
        json.put("network", recipe.model());
        json.put("parameters", result.classifier().network().parameterCount());
        json.put("finished", result.finished());
        json.put("epochs_done", result.stop().epoch());
        json.put("steps_done", result.stop().step());
        json.put("images_per_second", result.imagesPerSecond());
        json.put("train_seconds", result.table().totalSeconds());
        json.put("epochs", result.history().toJson());
        var steps = new LinkedHashMap<String, @Nullable Object>();
        steps.put("loss", result.table().loss());
        steps.put("rate", result.table().rate());
        json.put("steps", steps);
        return json;
    }

    /// Stops a run at a step.
    private record StopAfter(long last, StopSignal stop) implements TrainListener {
        @Override
        public void onStep(Step step) {
            if (step.step() == last) {
                stop.request();
            }
        }
    }

    /// Counts images and time.
    private static final class Speed implements TrainListener {
        private long images;
        private double seconds;

        @Override
        public void onStep(Step step) {
            images += step.examples();
            seconds += step.seconds();
        }

        double imagesPerSecond() {
            return seconds > 0 ? images / seconds : 0;
        }
    }
}
