package javelin.algorithms.cli;

import javelin.nn.data.Filter;
import javelin.nn.data.ImageFiles;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;
import javelin.nn.train.Prediction;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `javelin predict`: what a trained network sees in pictures.
@Command(
        name = "predict",
        description = {
            "Says what a trained network sees in pictures (PNG, JPEG, BMP, GIF).",
            "",
            "A picture of another size than the network's is scaled to cover it and cut in the"
                    + " middle; one of other channels is converted.",
            ""
        })
final class PredictCommand implements Callable<Integer> {
    /// Pictures that are computed at once.
    private static final int BATCH = 64;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file of 'javelin train'.")
    private @Nullable Path model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Picture, or folder or zip archive of pictures.")
    private List<Path> images = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "K",
            description = "Number of classes to name. Default: 3.")
    private int top = 3;

    @Option(names = "--strict", description = "Refuse pictures of another size.")
    private boolean strict;

    private final List<IOException> unreadable = new ArrayList<>();

    @Mixin private final Common common = new Common();

    /// A picture as the network gets it.
    ///
    /// @param file name of the picture; in an archive `ARCHIVE!NAME`
    /// @param changed whether size or channels were others
    private record Input(String file, Picture original, Picture fitted, boolean changed) {}

    @Override
    public Integer call() throws Exception {
        return common.compute(this::predict);
    }

    private int predict() throws IOException {
        if (top < 1) {
            throw common.wrong("--top must be at least 1, got " + top);
        }
        Path file = Objects.requireNonNull(model, "picocli sets it");
        Classifier classifier = Classifier.load(file);
        List<Input> inputs = inputs(classifier);
        List<Prediction> predictions = predictions(classifier, inputs);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            rows.add(show(inputs.get(i), predictions.get(i), classifier));
        }
        long changed = inputs.stream().filter(Input::changed).count();
        if (changed > 0) {
            common.say(
                    "note: %d of %d pictures were fitted to the network's input of %s"
                            .formatted(changed, inputs.size(), size(classifier)));
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("model", file.toString());
        json.put("classes", classifier.classes());
        json.put("predictions", rows);
        common.writeJson(json);
        if (!unreadable.isEmpty()) {
            throw unreadable.size() == 1
                    ? unreadable.getFirst()
                    : new IOException(
                            "%d pictures could not be used; the first: %s"
                                    .formatted(
                                            unreadable.size(), unreadable.getFirst().getMessage()));
        }
        return 0;
    }

    private List<Input> inputs(Classifier classifier) throws IOException {
        List<Input> all = new ArrayList<>();
        for (Path path : images) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            if (Files.isRegularFile(path) && !path.toString().endsWith(".zip")) {
                add(path.toString(), () -> Images.read(path), classifier, all);
                continue;
            }
            try (ImageFiles files = ImageFiles.open(path)) {
                if (files.names().isEmpty()) {
                    throw new IOException(path + ": holds no pictures");
                }
                for (String name : files.names()) {
                    String source = files.source(name);
                    add(source, () -> Images.decode(files.read(name), source), classifier, all);
                }
            }
        }
        return all;
    }

    /// Adds a picture; one that cannot be used is put aside, so that the others are read.
    private void add(String file, Callable<Picture> picture, Classifier classifier, List<Input> all)
            throws IOException {
        try {
            all.add(fit(file, picture.call(), classifier));
        } catch (IOException e) {
            unreadable.add(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Input fit(String file, Picture picture, Classifier c) throws IOException {
        boolean sameSize = picture.height() == c.height() && picture.width() == c.width();
        if (strict && (!sameSize || picture.channels() != c.channels())) {
            throw new IOException(
                    "%s: is %d x %d with %s, but the network takes %s"
                            .formatted(
                                    file,
                                    picture.width(),
                                    picture.height(),
                                    channels(picture.channels()),
                                    size(c)));
        }
        Picture coloured = c.channels() == 1 ? picture.grey() : picture.rgb();
        Picture fitted =
                sameSize
                        ? coloured
                        : Images.cover(coloured, c.height(), c.width(), Filter.BILINEAR);
        boolean changed = !sameSize || picture.channels() != c.channels();
        return new Input(file, picture, fitted, changed);
    }

    private static String size(Classifier c) {
        return "%d x %d with %s".formatted(c.width(), c.height(), channels(c.channels()));
    }

    private static String channels(int n) {
        return n == 1 ? "1 channel (grey)" : n + " channels";
    }

    private static List<Prediction> predictions(Classifier classifier, List<Input> inputs) {
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i += BATCH) {
            List<Picture> some =
                    inputs.subList(i, Math.min(inputs.size(), i + BATCH)).stream()
                            .map(Input::fitted)
                            .toList();
            all.addAll(predictions(some, classifier));
        }
        return all;
    }

    /// What a classifier makes of pictures of its size.
    static List<Prediction> predictions(List<Picture> pictures, Classifier classifier) {
        int length = classifier.height() * classifier.width() * classifier.channels();
        float[] values = new float[pictures.size() * length];
        for (int k = 0; k < pictures.size(); k++) {
            float[] one = pictures.get(k).floats();
            classifier.pixels().apply(one);
            System.arraycopy(one, 0, values, k * length, length);
        }
        Tensor x =
                Tensor.of(
                        values,
                        pictures.size(),
                        classifier.height(),
                        classifier.width(),
                        classifier.channels());
        return Prediction.of(classifier.network(), x, BATCH);
    }

    private Map<String, @Nullable Object> show(Input input, Prediction guess, Classifier c) {
        List<Map<String, @Nullable Object>> best = new ArrayList<>();
        var line = new StringBuilder(input.file()).append(':');
        for (int k : order(guess.probabilities())) {
            if (best.size() == top) {
                break;
            }
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("class", c.classes().get(k));
            one.put("probability", guess.probabilities()[k]);
            line.append(
                    String.format(
                            Locale.ROOT,
                            "%s %s %.1f %%",
                            best.isEmpty() ? "" : ",",
                            c.classes().get(k),
                            100 * guess.probabilities()[k]));
            best.add(one);
        }
        common.print(line.toString());
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("image", input.file());
        row.put("class", c.classes().get(guess.label()));
        row.put("label", guess.label());
        row.put("probability", guess.confidence());
        row.put("top", best);
        row.put("fitted", input.changed());
        row.put("size", List.of(input.original().height(), input.original().width()));
        return row;
    }

    /// Places of the values, the largest first.
    private static List<Integer> order(float[] values) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Float.compare(values[b], values[a])); // stable
        return order;
    }
}
