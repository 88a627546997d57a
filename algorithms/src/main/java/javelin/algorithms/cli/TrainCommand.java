package javelin.algorithms.cli;

import javelin.algorithms.report.Confusion;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.data.ByteImages;
import javelin.nn.data.DataSets;
import javelin.nn.io.Json;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.Zoo;
import javelin.tensor.OpProfile;
import javelin.tensor.OpWatch;
import javelin.tensor.Rng;
import javelin.tensor.ShapeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/// `javelin train`: trains a network of the zoo on a set of labelled images.
@Command(
        name = "train",
        description = {
            "Trains a network of the zoo on labelled images.",
            "",
            "Writes into the output folder: model.safetensors, checkpoints/, steps.csv, epochs.csv,"
                    + " tensorboard/, results.json, report.html. Ctrl-C saves a checkpoint;"
                    + " --resume goes on from it, to the same bits as without the break.",
            ""
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "NAME", description = "Network of the zoo.")
    private @Nullable String model;

    @Option(
            names = "--set",
            paramLabel = "NAME",
            description =
                    "Kind of data: mnist, cifar10, flowers64, cells, faces, folder (or zip of"
                            + " pictures, one subfolder per class), drawn (needs no files).")
    private @Nullable String set;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data. Default: JAVELIN_DATA.")
    private @Nullable Path data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Use N training images only, of each class alike; 0 for all (default).")
    private @Nullable Integer limit;

    @Option(
            names = "--size",
            paramLabel = "N",
            description =
                    "Scale and cut the pictures of a folder to N x N; 0 as they are (default).")
    private @Nullable Integer size;

    @Option(names = "--epochs", paramLabel = "N", description = "Times that all data is seen.")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step. Default: 64.")
    private @Nullable Integer batch;

    @Option(names = "--lr", paramLabel = "RATE", description = "Highest learning rate.")
    private @Nullable Double rate;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "sgd (Nesterov momentum 0.9, default), adam, adamw, rmsprop.")
    private @Nullable String optimizer;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "one-cycle (default), cosine (with warm-up), step, constant.")
    private @Nullable String schedule;

    @Option(
            names = "--augment",
            negatable = true,
            description = "Shift images at random, and mirror photographs. Default: yes.")
    private @Nullable Boolean augment;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Shrinks weights. Default: 0.0005.")
    private @Nullable Double decay;

    @Option(
            names = "--label-smoothing",
            paramLabel = "X",
            description = "Part of a label that is spread over all classes. Default: 0.")
    private @Nullable Double smoothing;

    @Option(
            names = "--clip",
            paramLabel = "X",
            description = "Longest gradient; 0 for no limit (default).")
    private @Nullable Double clip;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description = "Keep a moving average of the weights, for instance 0.999. Default: 0.")
    private @Nullable Double average;

    @Option(names = "--seed", paramLabel = "N", description = "Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results. Default: out/train-MODEL-SET.")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Go on with the run in the output folder.")
    private boolean resume;

    @Option(
            names = "--stop-after",
            paramLabel = "STEP",
            description = "Stop after that step, as Ctrl-C would; go on by --resume.")
    private long stopAfter;

    @Option(names = "--profile", description = "Tell at the end which ops took the time.")
    private boolean profile;

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return common.compute(this::train);
    }

    private int train() throws IOException {
        long start = System.nanoTime();
        Recipe recipe;
        Path folder;
        if (resume) {
            folder = resumed();
            recipe = settings(folder);
        } else {
            recipe =
                    checked(
                            given(
                                    Recipe.defaults(
                                            model == null ? "resnet20" : model,
                                            required("--set", set, DataSets.NAMES),
                                            1,
                                            Backends.current().name())));
            folder = null;
        }
        if (data == null && Sets.environment() == null && !recipe.set().equals("drawn")) {
            throw common.wrong(
                    "set '%s' needs its files; give their folder by --data or JAVELIN_DATA"
                            .formatted(recipe.set()));
        }
        Sets sets = Sets.load(recipe.set(), data, recipe.limit(), recipe.size());
        NetworkConfig network =
                Zoo.named(
                        recipe.model(),
                        new Zoo.Input(
                                sets.train().height(),
                                sets.train().width(),
                                sets.train().channels(),
                                sets.classes().size()));
        checkFit(recipe.model(), network, sets);
        if (folder == null) {
            folder = Outputs.folder(out, "train-%s-%s".formatted(recipe.model(), recipe.set()));
            if (Files.exists(Training.checkpoint(folder))) {
                throw new IOException(
                        folder
                                + ": holds a run already; go on with it by --resume, or choose"
                                + " another --out");
            }
        }
        common.say(
                "%s on %s, %d epochs, into %s"
                        .formatted(recipe.model(), sets.description(), recipe.epochs(), folder));
        if (!resume) {
            Outputs.write(folder.resolve("settings.json"), Json.pretty(recipe.toJson()));
        }
        var training = new Training(recipe, sets, folder, common.quiet(), stopAfter);
        var ops = new OpProfile();
        Training.Result result = run(training, network, ops);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (result.finished()) { // else stopped on request; what to do next has been said
            finish(training, result, seconds, ops);
        }
        if (profile) {
            show(ops, seconds);
        }
        return 0;
    }

    /// Tries the network on a picture without computing anything: some need larger ones.
    private static void checkFit(String name, NetworkConfig network, Sets sets) {
        ByteImages train = sets.train();
        Shape image = Shape.of(1, train.height(), train.width(), train.channels());
        try {
            Backends.with(Backends.dry(), () -> network.build(Rng.seed(0)).trace(image));
        } catch (ShapeException e) {
            throw new IllegalArgumentException(
                    "train: network %s does not take pictures of %d x %d (%s)"
                            .formatted(name, train.width(), train.height(), e.getMessage()),
                    e);
        }
    }

    private Training.Result run(Training training, NetworkConfig network, OpProfile ops)
            throws IOException {
        if (!profile) {
            return training.run(network, resume);
        }
        try {
            return OpWatch.during(
                    ops,
                    () -> {
                        try {
                            return training.run(network, resume);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// What the ops of the run took, evaluation included; what is missing to the whole is memory,
    /// the recording of graphs, data and files.
    private void show(OpProfile ops, double seconds) {
        List<List<String>> rows = new ArrayList<>();
        for (OpProfile.Row row : ops.rows()) {
            rows.add(
                    List.of(
                            row.op(),
                            "%d".formatted(row.calls()),
                            String.format(Locale.ROOT, "%.2f", row.nanos() / 1e9),
                            String.format(Locale.ROOT, "%.1f %%", row.nanos() / seconds / 1e7),
                            row.macs() == 0
                                    ? ""
                                    : String.format(Locale.ROOT, "%.1f", row.gflops())));
        }
        Table.lines(List.of("op", "calls", "seconds", "of the run", "GFLOP/s"), rows)
                .forEach(common::print);
        common.print(
                String.format(Locale.ROOT, "all ops %.1f s of %.1f s", ops.nanos() / 1e9, seconds));
    }

    private static Map<String, @Nullable Object> fields(OpProfile.Row row) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("op", row.op());
        one.put("calls", row.calls());
        one.put("seconds", row.nanos() / 1e9);
        one.put("macs", row.macs());
        return one;
    }

    private void finish(Training training, Training.Result result, double seconds, OpProfile ops)
            throws IOException {
        Path folder = training.folder();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("command", "train");
        json.putAll(training.toJson(result));
        double[] accuracies = result.history().values("validation_accuracy");
        double validation = accuracies[accuracies.length - 1];
        json.put("validation_accuracy", validation);
        String line = "validation accuracy " + percent(validation);
        Confusion confusion =
                Training.confusion(
                        training.sets().validation(),
                        Training.predict(result.classifier(), training.sets().validation()));
        var test = training.sets().test();
        if (test != null) {
            confusion = Training.confusion(test, Training.predict(result.classifier(), test));
            json.put("test_accuracy", confusion.accuracy());
            line += ", test accuracy " + percent(confusion.accuracy());
        }
        json.put("confusion", confusion.counts());
        json.put("seconds", seconds);
        if (profile) {
            json.put("ops", ops.rows().stream().map(TrainCommand::fields).toList());
        }
        result.classifier().save(folder.resolve("model.safetensors"));
        Outputs.write(folder.resolve("results.json"), Json.pretty(json));
        TrainReport.of(training, result, confusion, json).write(folder.resolve("report.html"));
        common.print(line);
        common.print(
                String.format(
                        Locale.ROOT,
                        "%,.0f images per second, %.0f s in all",
                        result.imagesPerSecond(),
                        seconds));
        common.print("report %s".formatted(folder.resolve("report.html")));
        common.print("model  %s".formatted(folder.resolve("model.safetensors")));
        common.writeJson(json);
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }

    // ---- settings ----

    private String required(String option, @Nullable String value, List<String> known) {
        if (value == null) {
            throw common.wrong(
                    "%s is missing; choose one of %s".formatted(option, String.join(", ", known)));
        }
        return value;
    }

    /// The recipe with the options that were given.
    private Recipe given(Recipe r) {
        return new Recipe(
                or(model, r.model()),
                or(set, r.set()),
                or(limit, r.limit()),
                or(size, r.size()),
                or(epochs, r.epochs()),
                or(batch, r.batch()),
                or(optimizer, r.optimizer()),
                or(rate, rateOf(or(optimizer, r.optimizer()), r.rate())),
                or(schedule, r.schedule()),
                or(augment, r.augment()),
                or(decay, r.decay()),
                or(smoothing, r.smoothing()),
                or(clip, r.clip()),
                or(average, r.average()),
                or(seed, r.seed()),
                r.device());
    }

    /// Adaptive rules want steps a hundred times smaller than those of gradient descent.
    private double rateOf(String rule, double standard) {
        return resume || rule.equals("sgd") ? standard : Math.min(standard, 0.002);
    }

    private static <T> T or(@Nullable T given, T standard) {
        return given == null ? standard : given;
    }

    private Recipe checked(Recipe r) {
        choice("network", r.model(), List.copyOf(Zoo.names()));
        choice("set", r.set(), DataSets.NAMES);
        choice("optimizer", r.optimizer(), Recipe.OPTIMIZERS);
        choice("schedule", r.schedule(), Recipe.SCHEDULES);
        range("--epochs", r.epochs(), 1, 100_000);
        range("--batch", r.batch(), 1, 65_536);
        range("--limit", r.limit(), 0, Integer.MAX_VALUE);
        range("--size", r.size(), 0, 4096);
        if (r.size() > 0 && !r.set().equals("folder")) {
            throw common.wrong(
                    "--size is for pictures of a folder, not for set '%s'".formatted(r.set()));
        }
        range("--lr", r.rate(), 0, 1e6);
        range("--weight-decay", r.decay(), 0, 1);
        range("--label-smoothing", r.smoothing(), 0, 0.99);
        range("--clip", r.clip(), 0, 1e9);
        range("--ema", r.average(), 0, 0.999999);
        return r;
    }

    private void choice(String kind, String value, List<String> known) {
        if (!known.contains(value)) {
            throw common.wrong(Suggestion.unknown(kind, value, known));
        }
    }

    private void range(String option, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw common.wrong(
                    String.format(
                            Locale.ROOT,
                            "%s must be from %s to %s, got %s",
                            option,
                            number(low),
                            number(high),
                            number(value)));
        }
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : "" + v;
    }

    // ---- resuming ----

    private Path resumed() throws IOException {
        Path folder = out;
        if (folder == null && model != null && set != null) {
            folder = Outputs.newest("train-%s-%s".formatted(model, set));
        }
        if (folder == null) {
            throw common.wrong("--resume needs --out, the folder of the run");
        }
        if (!Files.exists(folder.resolve("settings.json"))
                || !Files.exists(Training.checkpoint(folder))) {
            throw new IOException(folder + ": holds no run that could be resumed");
        }
        return folder;
    }

    private Recipe settings(Path folder) throws IOException {
        Path file = folder.resolve("settings.json");
        Recipe then = Recipe.fromJson(Json.parseObject(Files.readString(file), file.toString()));
        Map<String, @Nullable Object> before = then.toJson();
        Recipe now = given(then);
        Map<String, @Nullable Object> after = now.toJson();
        after.put("device", Backends.current().name());
        before.forEach((name, value) -> {
            if (!java.util.Objects.equals(value, after.get(name))) {
                throw common.wrong(
                        "--resume: the run in %s has --%s %s, not %s; leave the option out or start a new run"
                                .formatted(folder, name, value, after.get(name)));
            }
        });
        return then;
    }
}
