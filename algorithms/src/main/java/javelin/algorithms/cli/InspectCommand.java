package javelin.algorithms.cli;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.io.ModelFile;
import javelin.nn.io.Safetensors;
import javelin.tensor.Graph;
import javelin.tensor.Rng;
import javelin.tensor.plan.Plan;
import javelin.tensor.plan.PlanProfile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
import java.util.concurrent.Callable;

/// `javelin inspect`: what a model file holds.
@Command(
        name = "inspect",
        description = {
            "Says what a model file holds: for our own files layers, parameters, operations, classes"
                    + " and origin; for any other safetensors file its tensors.",
            ""
        })
final class InspectCommand implements Callable<Integer> {
    /// Measured runs of a plan, of which the median counts.
    private static final int RUNS = 50;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A safetensors file.")
    private @Nullable Path model;

    @Option(
            names = "--plan",
            description =
                    "Also run our own file's network on one picture, and show each kernel with the"
                            + " time it takes.")
    private boolean plan;

    @Option(
            names = "--tune",
            paramLabel = "FILE",
            description =
                    "With --plan: choose the way of each convolution by measurement, and remember it"
                            + " in this file.")
    private @Nullable Path tune;

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        if (tune != null) {
            if (!plan) {
                throw common.wrong("--tune needs --plan: it concerns how a network runs");
            }
            Outputs.requireWritable(tune);
            System.setProperty("javelin.tune", tune.toString());
        }
        return common.compute(this::inspect);
    }

    private int inspect() throws IOException {
        Path file = model();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("file", file.toString());
        boolean ours;
        try (Safetensors tensors = Safetensors.open(file)) {
            ours = ModelFile.isModel(tensors);
            json.put("kind", ours ? "javelin model" : "safetensors");
            tensors(tensors, json, ours);
        }
        if (ours) {
            Classifier classifier = Classifier.load(file);
            network(classifier, json);
            if (plan) {
                plan(classifier, json);
            }
        } else if (plan) {
            throw common.wrong("--plan needs a model file of javelin, not " + file);
        }
        common.writeJson(json);
        return 0;
    }

    private Path model() {
        return Objects.requireNonNull(model, "picocli sets it");
    }

    private void tensors(Safetensors file, Map<String, @Nullable Object> json, boolean ours)
            throws IOException {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        long elements = 0;
        for (String name : file.names()) {
            var one = new LinkedHashMap<String, @Nullable Object>();
            long size = file.elements(name);
            elements += size;
            one.put("name", name);
            one.put("type", file.type(name).name());
            one.put("shape", file.shape(name));
            list.add(one);
            rows.add(
                    List.of(
                            name,
                            file.type(name).name(),
                            Arrays.toString(file.shape(name)),
                            number(size),
                            number(size * file.type(name).bytes())));
        }
        long bytes = Files.size(model());
        json.put("bytes", bytes);
        json.put("elements", elements);
        json.put("tensors", list);
        if (ours) {
            return;
        }
        json.put("metadata", file.metadata());
        Table.lines(List.of("tensor", "type", "shape", "elements", "bytes"), rows)
                .forEach(common::print);
        common.print("");
        common.print(
                "%s tensors, %s elements, %s bytes; not a model file of javelin"
                        .formatted(number(rows.size()), number(elements), number(bytes)));
        file.metadata()
                .forEach((key, value) ->
                        common.print(
                                key
                                        + ": "
                                        + (value.length() > 200
                                                ? value.substring(0, 200) + "…"
                                                : value)));
    }

    private void network(Classifier c, Map<String, @Nullable Object> json) {
        Shape input = Shape.of(1, c.height(), c.width(), c.channels());
        // traced without memory or arithmetic
        Module shape = Backends.with(Backends.dry(), () -> c.config().build(Rng.seed(0)));
        Graph graph = shape.trace(input);
        common.print(shape.summary(input).stripTrailing());
        common.print("");
        common.print("network     %s".formatted(c.config().spec().family()));
        common.print("input       %s, channels last".formatted(input));
        common.print("parameters  %s".formatted(number(c.network().parameterCount())));
        common.print("operations  %s multiply-adds per image".formatted(number(graph.macs())));
        common.print("activations %s bytes per image".formatted(number(graph.activationBytes())));
        common.print(
                "classes     %d: %s"
                        .formatted(
                                c.classes().size(),
                                c.classes().size() > 20
                                        ? String.join(", ", c.classes().subList(0, 20)) + ", …"
                                        : String.join(", ", c.classes())));
        common.print(
                "pixels      (value - mean) / deviation, mean %s, deviation %s"
                        .formatted(c.pixels().mean(), c.pixels().std()));
        json.put("family", c.config().spec().family());
        json.put("configuration", c.config().spec().configuration());
        json.put("input", input.dims());
        json.put("parameters", c.network().parameterCount());
        json.put("macs", graph.macs());
        json.put("activation_bytes", graph.activationBytes());
        json.put("classes", c.classes());
        json.put("mean", c.pixels().mean());
        json.put("deviation", c.pixels().std());
        json.put("origin", c.origin());
        c.origin().forEach((key, value) -> origin("", key, value));
    }

    private void plan(Classifier c, Map<String, @Nullable Object> json) {
        Plan prepared = c.network().plan(Shape.of(1, c.height(), c.width(), c.channels()));
        PlanProfile profile = prepared.profile(RUNS);
        common.print("");
        common.print(profile.table().stripTrailing());
        json.put("kernels", profile.rows().stream().map(InspectCommand::kernel).toList());
        json.put("workspace_bytes", prepared.workspaceBytes());
        json.put("constant_bytes", prepared.constantBytes());
    }

    private static Map<String, @Nullable Object> kernel(PlanProfile.Row row) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        one.put("ops", row.ops());
        one.put("kernel", row.kernel());
        one.put("method", row.method());
        one.put("output", row.output().dims());
        one.put("ms", row.nanos() / 1e6);
        one.put("flops", row.flops());
        return one;
    }

    private void origin(String indent, String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            common.print(indent + key);
            map.forEach((k, v) -> origin(indent + "  ", String.valueOf(k), v));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list.forEach(v -> origin(indent, key, v));
        } else {
            common.print("%s%-11s %s".formatted(indent, key, value));
        }
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
