package javelin.algorithms.cli;

import javelin.algorithms.dcp.Criterion;
import javelin.algorithms.dcp.DcpConfig;
import javelin.algorithms.dcp.PruningRate;
import javelin.algorithms.report.LineChart;
import javelin.kernels.Shape;
import javelin.nn.data.augment.Normalize;
import javelin.nn.io.ModelFile;
import javelin.nn.io.Safetensors;
import javelin.nn.zoo.PublishedModel;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `javelin prune`: a smaller network from a trained one.
@Command(
        name = "prune",
        description = {
            "Cuts channels out of a trained network, trains what is left, and measures both.",
            "",
            "MODEL is a model file of 'javelin train', or a published one that is recognised: the"
                    + " CIFAR-10 networks of akamaster/pytorch_resnet_cifar10, Burn's for digits."
                    + " After a break the same command goes on where it stopped, with its selection"
                    + " and its training.",
            ""
        })
final class PruneCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "A safetensors file.")
    private @Nullable Path model;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "How channels are chosen: dcp (default), random, reconstruction, discrimination,"
                            + " magnitude, slimming, scratch.")
    private String method = "dcp";

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            description = "Order of work of dcp: neurips (default) or v2.")
    private String variant = "neurips";

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description =
                    "Part of the channels of each layer that goes, such as 0.5 (default), or"
                            + " adaptive.")
    private String rate = "0.5";

    @Option(
            names = "--epsilon",
            paramLabel = "X",
            description = "With --rate adaptive: least gain of a channel. Default: 0.01.")
    private double epsilon = 0.01;

    @Option(
            names = "--sweep",
            paramLabel = "FROM:TO:STEP",
            description =
                    "Prune at several rates, such as 0.1:0.7:0.1, and write accuracy and time of"
                            + " each into --out (CSV) and a picture beside it (SVG).")
    private @Nullable String sweep;

    @Option(
            names = "--set",
            paramLabel = "NAME",
            description =
                    "Kind of data, as for 'javelin train'. Default: that of a published model,"
                            + " cifar10 for coloured images, else mnist.")
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
    private int limit;

    @Option(
            names = "--finetune",
            paramLabel = "N",
            description = "Epochs of training of the small network. Default: 3.")
    private int finetune = 3;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "Learning rate of all training. Default: 0.01.")
    private double learningRate = 0.01;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step. Default: 64.")
    private int batch = 64;

    @Option(
            names = "--stage-epochs",
            paramLabel = "N",
            description =
                    "Epochs of training with additional losses before a selection. Default: 1.")
    private int stageEpochs = 1;

    @Option(
            names = "--losses",
            paramLabel = "P",
            description =
                    "Number of additional losses. Default: a quarter of the blocks, at most 3.")
    private int losses = -1;

    @Option(
            names = "--lambda",
            paramLabel = "X",
            description = "Weight of the discrimination-aware loss. Default: 1.")
    private double lambda = 1;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Images that channels are selected with. Default: 256.")
    private int samples = 256;

    @Option(
            names = "--fit",
            paramLabel = "N",
            description = "Passes over them for each added channel. Default: 1.")
    private int fit = 1;

    @Option(
            names = "--round-to",
            paramLabel = "N",
            description = "Keep multiples of N channels where there are as many. Default: 1.")
    private int roundTo = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Default: 1.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Model file (with --sweep CSV file) to write. Default: pruned.safetensors.")
    private @Nullable Path out;

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return common.compute(this::prune);
    }

    private int prune() throws IOException {
        PruneSettings settings = settings();
        List<String> rates = sweep == null ? List.of(settings.rate()) : rates(sweep);
        Path file =
                out == null ? Path.of(sweep == null ? "pruned.safetensors" : "pruned.csv") : out;
        Outputs.requireWritable(file);
        Opened opened = open(Objects.requireNonNull(model, "picocli sets it"));
        Sets sets = sets(opened);
        Classifier wide = opened.classifier(sets);
        if (wide.classes().size() != sets.classes().size()
                || wide.height() != sets.train().height()
                || wide.width() != sets.train().width()
                || wide.channels() != sets.train().channels()) {
            throw new IllegalArgumentException(
                    "prune: the model tells %d classes apart in pictures of %d x %d x %d, but set '%s' has %d classes and pictures of %d x %d x %d"
                            .formatted(
                                    wide.classes().size(),
                                    wide.width(),
                                    wide.height(),
                                    wide.channels(),
                                    sets.name(),
                                    sets.classes().size(),
                                    sets.train().width(),
                                    sets.train().height(),
                                    sets.train().channels()));
        }
        if (opened.published() != null) {
            common.say(
                    "note: who published this network may have trained it on the images that validate"
                            + " here; its accuracy on test images tells more");
        }
        return sweep == null
                ? one(wide, settings, sets, file)
                : several(wide, settings, sets, file, rates);
    }

    // ---- one network ----

    private int one(Classifier wide, PruneSettings settings, Sets sets, Path file)
            throws IOException {
        Path work = Path.of(file + ".work");
        var pruning = new Pruning(wide, settings, sets, work, common.quiet(), common::say);
        Pruning.Result r = pruning.run();
        if (r == null) {
            System.err.println("stopped; the same command goes on from " + work);
            return 0;
        }
        r.small().save(file);
        pruning.clear();
        table(wide, r);
        common.print("model %s".formatted(file));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", "prune");
        json.put("settings", settings.toJson());
        json.putAll(Provenance.here());
        json.put("data", sets.toJson());
        json.putAll(fields(r));
        common.writeJson(json);
        return 0;
    }

    /// Channels of each layer, then sizes, time and accuracy.
    private void table(Classifier wide, Pruning.Result r) {
        List<List<String>> rows = new ArrayList<>();
        Map<String, Tensor> after = r.small().network().state();
        wide.network()
                .state()
                .forEach((name, t) -> {
                    Shape small = Objects.requireNonNull(after.get(name)).shape();
                    if (t.shape().rank() == 4 && !t.shape().equals(small)) {
                        rows.add(
                                List.of(
                                        name.replaceFirst("\\.weight$", ""),
                                        change(t.dim(2), small.dim(2)),
                                        change(t.dim(3), small.dim(3))));
                    }
                });
        Table.lines(List.of("layer", "a filter reads", "filters"), rows).forEach(common::print);
        common.print("");
        common.print("parameters  " + change(r.parameters(), "%,.0f", ""));
        common.print("operations  " + change(r.macs(), "%,.0f", " multiply-adds per image"));
        common.print(
                String.format(
                        Locale.ROOT,
                        "latency     %.3f ms -> %.3f ms per image, %.2f times as fast, measured",
                        r.latency().wide(),
                        r.latency().small(),
                        r.latency().speedUp()));
        common.print(
                "accuracy    %s -> %s on the validation images (%s before training)"
                        .formatted(
                                TrainCommand.percent(r.accuracy().before()),
                                TrainCommand.percent(r.accuracy().after()),
                                TrainCommand.percent(r.untrained())));
        if (r.test() != null) {
            common.print(
                    "            %s -> %s on the test images"
                            .formatted(
                                    TrainCommand.percent(r.test().before()),
                                    TrainCommand.percent(r.test().after())));
        }
    }

    private static String change(int before, int after) {
        return before == after ? String.valueOf(before) : before + " -> " + after;
    }

    private static String change(Pruning.Change c, String format, String unit) {
        return String.format(
                Locale.ROOT,
                format + " -> " + format + "%s, %.2f times smaller",
                c.before(),
                c.after(),
                unit,
                c.before() / c.after());
    }

    private static Map<String, @Nullable Object> fields(Pruning.Result r) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("configuration", r.small().config().spec().configuration());
        json.put("parameters_before", (long) r.parameters().before());
        json.put("parameters_after", (long) r.parameters().after());
        json.put("macs_before", (long) r.macs().before());
        json.put("macs_after", (long) r.macs().after());
        json.put("ms_before", r.latency().wide());
        json.put("ms_after", r.latency().small());
        json.put("accuracy_before", r.accuracy().before());
        json.put("accuracy_selected", r.untrained());
        json.put("accuracy_after", r.accuracy().after());
        json.put("test_accuracy_before", r.test() == null ? null : r.test().before());
        json.put("test_accuracy_after", r.test() == null ? null : r.test().after());
        return json;
    }

    // ---- several rates ----

    private static final String HEAD =
            "rate,parameters,macs,ms,accuracy,accuracy_selected,ms_before,accuracy_before";

    private int several(
            Classifier wide, PruneSettings settings, Sets sets, Path file, List<String> rates)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        if (Files.exists(file)) {
            List<String> old = Files.readAllLines(file);
            if (old.isEmpty() || !old.getFirst().equals(HEAD)) {
                throw new IOException(file + ": is no sweep of this program; choose another --out");
            }
            lines = new ArrayList<>(old);
        }
        for (String at : rates) {
            if (lines.stream().anyMatch(l -> l.startsWith(at + ","))) {
                common.say("rate %s is in %s already".formatted(at, file));
                continue;
            }
            Path work = Path.of(file + "." + at + ".work");
            var pruning =
                    new Pruning(
                            wide, settings.withRate(at), sets, work, common.quiet(), common::say);
            Pruning.Result r = pruning.run();
            if (r == null) {
                System.err.println("stopped; the same command goes on from " + work);
                return 0;
            }
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s,%.0f,%.0f,%.4f,%.4f,%.4f,%.4f,%.4f",
                            at,
                            r.parameters().after(),
                            r.macs().after(),
                            r.latency().small(),
                            r.accuracy().after(),
                            r.untrained(),
                            r.latency().wide(),
                            r.accuracy().before()));
            Outputs.write(file, String.join("\n", lines) + "\n");
            pruning.clear();
            common.print(lines.getLast());
        }
        Path picture = Path.of(file.toString().replaceFirst("\\.csv$", "") + ".svg");
        Outputs.write(picture, picture(lines));
        common.print("table   " + file);
        common.print("picture " + picture);
        return 0;
    }

    /// Accuracy over time of one image, from the rows.
    private String picture(List<String> lines) {
        double[][] rows =
                lines.stream()
                        .skip(1)
                        .map(l ->
                                Arrays.stream(l.split(","))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray())
                        .sorted((a, b) -> Double.compare(a[3], b[3]))
                        .toArray(double[][]::new);
        double[] ms = Arrays.stream(rows).mapToDouble(r -> r[3]).toArray();
        return new LineChart(
                        "milliseconds per image",
                        "accuracy",
                        false,
                        List.of(
                                new LineChart.Curve(
                                        method,
                                        ms,
                                        Arrays.stream(rows).mapToDouble(r -> r[4]).toArray()),
                                new LineChart.Curve(
                                        "before training",
                                        ms,
                                        Arrays.stream(rows).mapToDouble(r -> r[5]).toArray())))
                .svg()
                .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
    }

    /// The rates of a sweep.
    private List<String> rates(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw common.wrong(
                    "--sweep needs FROM:TO:STEP such as 0.1:0.7:0.1, got '" + text + "'");
        }
        try {
            BigDecimal from = PruningRate.of(parts[0]).removed();
            BigDecimal to = PruningRate.of(parts[1]).removed();
            BigDecimal step = PruningRate.of(parts[2]).removed();
            List<String> rates = new ArrayList<>();
            for (BigDecimal r = from; r.compareTo(to) <= 0; r = r.add(step)) {
                rates.add(r.toPlainString());
            }
            if (rates.isEmpty()) {
                throw common.wrong("--sweep is empty, %s is above %s".formatted(from, to));
            }
            return rates;
        } catch (IllegalArgumentException e) {
            throw common.wrong("--sweep: " + e.getMessage());
        }
    }

    // ---- input ----

    private PruneSettings settings() {
        atLeast("--finetune", finetune, 0);
        atLeast("--stage-epochs", stageEpochs, 0);
        atLeast("--batch", batch, 1);
        atLeast("--samples", samples, 1);
        atLeast("--fit", fit, 0);
        atLeast("--round-to", roundTo, 1);
        atLeast("--limit", limit, 0);
        if (!(learningRate > 0 && learningRate < 100)) {
            throw common.wrong("--lr must be above 0 and below 100, got " + learningRate);
        }
        if (!(lambda >= 0 && lambda < 1e6)) {
            throw common.wrong("--lambda must be from 0 to 1000000, got " + lambda);
        }
        if (!(epsilon > 0 && epsilon < 1)) {
            throw common.wrong("--epsilon must be above 0 and below 1, got " + epsilon);
        }
        Criterion criterion = choice("method", method, Criterion.values());
        if (rate.equals(PruneSettings.ADAPTIVE) && !criterion.isGreedy()) {
            throw common.wrong(
                    "--rate adaptive needs a method that fits weights (dcp, random, reconstruction, discrimination), not "
                            + method);
        }
        if (!rate.equals(PruneSettings.ADAPTIVE)) {
            try {
                PruningRate.of(rate);
            } catch (IllegalArgumentException e) {
                throw common.wrong("--" + e.getMessage());
            }
        }
        return new PruneSettings(
                criterion,
                choice("variant", variant, DcpConfig.Variant.values()),
                rate,
                epsilon,
                roundTo,
                losses,
                lambda,
                stageEpochs,
                samples,
                fit,
                finetune,
                learningRate,
                batch,
                limit,
                seed);
    }

    private void atLeast(String option, int value, int least) {
        if (value < least) {
            throw common.wrong("%s must be at least %d, got %d".formatted(option, least, value));
        }
    }

    private <E extends Enum<E>> E choice(String what, String given, E[] all) {
        List<String> names = Arrays.stream(all).map(PruneSettings::name).toList();
        int at = names.indexOf(given);
        if (at < 0) {
            throw common.wrong(Suggestion.unknown(what, given, names));
        }
        return all[at];
    }

    /// A model as it was found: ours, or a published one.
    private record Opened(@Nullable Classifier ours, @Nullable PublishedModel published) {
        /// A published one tells the classes of its data, whose names the data knows.
        Classifier classifier(Sets sets) {
            if (ours != null) {
                return ours;
            }
            PublishedModel p = Objects.requireNonNull(published);
            List<String> classes = sets.classes();
            if (classes.size() != p.config().classes()) {
                throw new IllegalArgumentException(
                        "prune: the model tells %d classes apart, but set '%s' has %d"
                                .formatted(p.config().classes(), sets.name(), classes.size()));
            }
            return new Classifier(
                    p.config(),
                    p.network(),
                    new Normalize(p.mean(), p.std()),
                    p.height(),
                    p.width(),
                    classes,
                    Map.of("published", p.set()));
        }
    }

    private static Opened open(Path file) throws IOException {
        boolean own;
        try (Safetensors tensors = Safetensors.open(file)) {
            own = ModelFile.isModel(tensors);
        }
        if (own) {
            return new Opened(Classifier.load(file), null);
        }
        PublishedModel found = PublishedModel.of(tensors(file));
        if (found == null) {
            throw new IllegalArgumentException(
                    file
                            + ": is no model file of javelin, and its tensors are of no network that is recognised");
        }
        return new Opened(null, found);
    }

    /// All tensors of a file but counters of batches, which are whole numbers that nobody needs.
    static Map<String, Tensor> tensors(Path file) throws IOException {
        try (Safetensors open = Safetensors.open(file)) {
            var all = new LinkedHashMap<String, Tensor>();
            for (String name : open.names()) {
                if (!name.endsWith(".num_batches_tracked")) {
                    all.put(name, open.tensor(name));
                }
            }
            return all;
        }
    }

    private Sets sets(Opened opened) throws IOException {
        String name = set;
        if (name == null && opened.published() != null) {
            name = opened.published().set();
        }
        if (name == null) {
            Classifier c = Objects.requireNonNull(opened.ours());
            name = c.channels() == 3 ? "cifar10" : "mnist";
        }
        return Sets.load(name, data, limit, 0);
    }
}
