package javelin.algorithms.cli;

import javelin.algorithms.report.Confusion;
import javelin.algorithms.report.Report;
import javelin.kernels.Backends;
import javelin.nn.data.ByteImages;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;
import javelin.nn.io.Json;
import javelin.nn.train.Prediction;
import javelin.nn.zoo.CifarResNet;
import javelin.nn.zoo.CifarResNet.Block;
import javelin.nn.zoo.NetworkConfig;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The tour: trains a small residual network on digits, tests it, saves it, loads it again, lets it
/// read pictures from files, and writes a report.
///
/// @param preset how much work
/// @param seed of weights, order and augmentation
/// @param folder where everything goes
/// @param quiet whether no progress is printed
/// @param print takes the lines of the tour
record Demo(Preset preset, long seed, Path folder, boolean quiet, Consumer<String> print) {
    /// Pictures that are written to files and read back.
    private static final int PICTURES = 12;

    /// How much work; fixed counts, so that the result does not depend on the machine's speed.
    ///
    /// @param name of the preset
    /// @param images training images
    /// @param epochs times that they are seen
    /// @param batch images per step
    /// @param width channels of the first stage
    record Preset(String name, int images, int epochs, int batch, int width) {
        static final Preset SMOKE = new Preset("smoke", 6_000, 1, 32, 8);
        static final Preset SMALL = new Preset("small", 20_000, 3, 64, 16);
        static final List<Preset> ALL = List.of(SMOKE, SMALL);
    }

    /// A residual network for 28 × 28 digits. Its first stage halves the image at once: most of the
    /// work of the published network is done at full size, where digits hold little.
    static NetworkConfig network(int width, int channels, int classes) {
        return new CifarResNet.Config(
                channels,
                width,
                List.of(
                        new Block(width, width, 2),
                        new Block(2 * width, 2 * width, 2),
                        new Block(4 * width, 4 * width, 2)),
                classes);
    }

    /// Runs the tour.
    ///
    /// @return what goes into `--json`
    Map<String, @Nullable Object> run(Sets sets) throws IOException {
        long start = System.nanoTime();
        ByteImages test = Objects.requireNonNull(sets.test(), "a set for the demo has a test part");
        Recipe recipe = recipe(sets);
        print.accept("1. Training a small residual network on " + sets.description() + ".");
        var training = new Training(recipe, sets, folder, quiet, 0);
        Training.Result result =
                training.run(
                        network(preset.width, sets.train().channels(), sets.classes().size()),
                        false);
        if (!result.finished()) {
            throw new IOException("the demo was stopped before the end");
        }
        Classifier classifier = result.classifier();
        print.accept("2. Testing it on %,d digits it has never seen.".formatted(test.size()));
        List<Prediction> predictions = Training.predict(classifier, test);
        Confusion confusion = Training.confusion(test, predictions);
        confusion.lines().forEach(print);
        print.accept("   right: " + TrainCommand.percent(confusion.accuracy()));

        Path file = folder.resolve("model.safetensors");
        print.accept("3. Saving it, loading it again, and comparing every prediction.");
        classifier.save(file);
        Classifier loaded = Classifier.load(file);
        boolean equal = equal(predictions, Training.predict(loaded, test));
        print.accept(
                "   %s: predictions are %s".formatted(file, equal ? "bit-equal" : "DIFFERENT"));

        print.accept("4. Reading pictures from files.");
        List<String> lines = new ArrayList<>();
        boolean files = readPictures(loaded, test, predictions, lines);
        lines.forEach(print);

        double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", "demo");
        json.put("preset", preset.name);
        json.put("data", sets.name());
        json.put("drawn", sets.name().equals("drawn"));
        json.put("accuracy", confusion.accuracy());
        json.put("test_images", test.size());
        json.put("reload_equal", equal);
        json.put("pictures_equal", files);
        json.put("seconds", seconds);
        json.put("images_per_second", result.imagesPerSecond());
        json.put("parameters", classifier.network().parameterCount());
        var full = new LinkedHashMap<>(json);
        full.put("confusion", confusion.counts());
        full.put("training", training.toJson(result));
        Outputs.write(folder.resolve("results.json"), Json.pretty(full));
        report(training, result, confusion, predictions, json).write(folder.resolve("report.html"));
        print.accept(
                String.format(
                        Locale.ROOT,
                        "Done in %.0f s, %,.0f images per second in training; the report is %s",
                        seconds,
                        result.imagesPerSecond(),
                        folder.resolve("report.html")));
        return json;
    }

    private Recipe recipe(Sets sets) {
        return new Recipe(
                "digits",
                sets.name(),
                preset.images,
                0,
                preset.epochs,
                preset.batch,
                "sgd",
                0.1,
                "one-cycle",
                true,
                5e-4,
                0,
                0,
                0,
                seed,
                Backends.current().name());
    }

    private static boolean equal(List<Prediction> a, List<Prediction> b) {
        boolean equal = a.size() == b.size();
        for (int i = 0; equal && i < a.size(); i++) {
            equal = Arrays.equals(a.get(i).probabilities(), b.get(i).probabilities());
        }
        return equal;
    }

    /// Writes some digits as PNG files, reads them as a user's own pictures would be, and compares.
    private boolean readPictures(
            Classifier classifier, ByteImages test, List<Prediction> known, List<String> lines)
            throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        List<Picture> read = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < Math.min(PICTURES, test.size()); i++) {
            Path file = pictures.resolve("digit-%02d.png".formatted(i));
            Images.write(file, test.picture(i));
            files.add(file);
            read.add(Images.read(file));
        }
        List<Prediction> guesses = PredictCommand.predictions(read, classifier);
        boolean equal = true;
        for (int i = 0; i < guesses.size(); i++) {
            Prediction g = guesses.get(i);
            equal &= g.label() == known.get(i).label();
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "   %s: %s (%.1f %%), it is %s",
                            files.get(i).getFileName(),
                            classifier.classes().get(g.label()),
                            100 * g.confidence(),
                            classifier.classes().get(test.label(i))));
        }
        return equal;
    }

    // ---- the report ----

    private static Report report(
            Training training,
            Training.Result result,
            Confusion confusion,
            List<Prediction> predictions,
            Map<String, @Nullable Object> json) {
        Sets sets = training.sets();
        ByteImages test = Objects.requireNonNull(sets.test());
        var report = new Report("Javelin reads digits");
        report.text(
                sets.name().equals("drawn")
                        ? "Data: digits that the program drew itself, because no data set was found. Give the folder of MNIST by --data or JAVELIN_DATA to see real ones."
                        : "Data: %s, %s.".formatted(sets.name(), sets.description()));
        var facts = new LinkedHashMap<String, Object>();
        facts.put("right on the test digits", TrainCommand.percent(confusion.accuracy()));
        facts.put("loaded model predicts the same bits", json.get("reload_equal"));
        facts.put("pictures read from files give the same", json.get("pictures_equal"));
        facts.put(
                "parameters",
                String.format(Locale.ROOT, "%,d", result.classifier().network().parameterCount()));
        facts.put("time", json.get("seconds") + " s");
        facts.put(
                "speed of training",
                String.format(Locale.ROOT, "%,.0f images per second", result.imagesPerSecond()));
        report.facts(facts);
        report.section("Digits it read right").pictures(shown(test, predictions, true));
        report.section("Digits it read wrong, the surest first")
                .pictures(shown(test, predictions, false));
        report.section("Which digit was taken for which").html(confusion.html());
        TrainReport.curves(report, result);
        report.section("Settings").facts(training.recipe().toJson());
        TrainReport.origin(report, sets, Provenance.here());
        return report;
    }

    private static List<Report.Shown> shown(
            ByteImages test, List<Prediction> predictions, boolean right) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            if ((predictions.get(i).label() == test.label(i)) == right) {
                places.add(i);
            }
        }
        if (!right) {
            places.sort((a, b) ->
                    Float.compare(
                            predictions.get(b).confidence(), predictions.get(a).confidence()));
        }
        List<Report.Shown> shown = new ArrayList<>();
        for (int i : places.subList(0, Math.min(24, places.size()))) {
            Prediction p = predictions.get(i);
            String caption =
                    right
                            ? "%s (%.0f %%)"
                                    .formatted(
                                            test.classes().get(test.label(i)), 100 * p.confidence())
                            : "%s, taken for %s (%.0f %%)"
                                    .formatted(
                                            test.classes().get(test.label(i)),
                                            test.classes().get(p.label()),
                                            100 * p.confidence());
            shown.add(
                    new Report.Shown(
                            Images.png(test.picture(i)),
                            84,
                            caption,
                            right ? Report.Mood.GOOD : Report.Mood.BAD));
        }
        return shown;
    }
}
