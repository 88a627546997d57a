package javelin.algorithms.cli;

import javelin.algorithms.dcp.FineTuning;
import javelin.algorithms.dcp.PruningData;
import javelin.algorithms.dcp.experiment.DcpClaims;
import javelin.algorithms.dcp.experiment.DcpExperiment;
import javelin.algorithms.dcp.experiment.DcpExperiment.Results;
import javelin.algorithms.dcp.experiment.DcpExperiment.Subject;
import javelin.algorithms.report.Findings;
import javelin.nn.Module;
import javelin.nn.data.ByteImages;
import javelin.nn.data.DataSets;
import javelin.nn.data.Splits;
import javelin.nn.data.augment.Normalize;
import javelin.nn.io.Json;
import javelin.nn.zoo.CifarResNet;
import javelin.nn.zoo.NetworkConfig;
import javelin.nn.zoo.PublishedModel;
import javelin.tensor.Rng;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `javelin run dcp`: the experiment on channel pruning.
@Command(
        name = "dcp",
        description = {
            "Discrimination-aware channel pruning against six other ways to choose channels, at equal"
                    + " rate and equal training; adaptive stopping; measured speed.",
            "",
            "Presets small and paper prune a published ResNet-20 (--model another one) on CIFAR-10"
                    + " and judge on its test images; smoke trains a small network on drawn digits.",
            ""
        })
final class DcpCommand implements java.util.concurrent.Callable<Integer> {
    private static final Map<String, DcpExperiment> PRESETS = presets();

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "smoke (a minute), small (default, about an hour) or paper (weeks).")
    private String preset = "small";

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Published network to prune. Default: models/cifar_resnet/resnet20.safetensors in"
                            + " the folder of the data.")
    private @Nullable Path model;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the data. Default: JAVELIN_DATA.")
    private @Nullable Path data;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Use N training images only, of each class alike; 0 for all. Default: 4000 in"
                            + " preset small, else all.")
    private @Nullable Integer limit;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Use seeds 1 to N instead of those of the preset.")
    private @Nullable Integer seeds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results. Default: out/dcp, out/dcp-2, …")
    private @Nullable Path out;

    @Mixin private final Common common = new Common();

    private static Map<String, DcpExperiment> presets() {
        var all = new LinkedHashMap<String, DcpExperiment>();
        all.put("smoke", DcpExperiment.SMOKE);
        all.put("small", DcpExperiment.SMALL);
        all.put("paper", DcpExperiment.PAPER);
        return all;
    }

    /// A network and the images it is pruned with.
    private record Material(Subject subject, PruningData data, List<Findings.Data> sources) {}

    @Override
    public Integer call() throws Exception {
        return common.compute(this::experiment);
    }

    private int experiment() throws IOException {
        DcpExperiment work = chosen();
        Path folder = Outputs.folder(out, "dcp");
        long start = System.nanoTime();
        Material material = preset.equals("smoke") ? drawn() : published();
        Results r =
                work.run(
                        material.subject,
                        material.data,
                        line ->
                                common.say(
                                        "%5d s  %s"
                                                .formatted(
                                                        (System.nanoTime() - start) / 1_000_000_000,
                                                        line)));
        var findings =
                new Findings(
                        "dcp",
                        preset,
                        work.seeds(),
                        material.sources,
                        DcpClaims.of(r),
                        DcpReport.metrics(r),
                        Math.round((System.nanoTime() - start) / 1e8) / 10.0);
        Map<String, @Nullable Object> json = findings.fields(Provenance.here());
        Outputs.write(folder.resolve("results.json"), Json.pretty(json));
        DcpReport.of(r, findings, json).write(folder.resolve("report.html"));
        DcpReport.lines(r).forEach(common::print);
        findings.claims().forEach(c -> common.print("claim " + c.id() + " " + c));
        common.print("report %s".formatted(folder.resolve("report.html")));
        common.writeJson(json);
        return 0;
    }

    private DcpExperiment chosen() {
        DcpExperiment work = PRESETS.get(preset);
        if (work == null) {
            throw common.wrong(Suggestion.unknown("preset", preset, List.copyOf(PRESETS.keySet())));
        }
        if (seeds == null) {
            return work;
        }
        if (seeds < 1 || seeds > 100) {
            throw common.wrong("--seeds must be from 1 to 100, got " + seeds);
        }
        List<Long> all = new ArrayList<>();
        for (long s = 1; s <= seeds; s++) {
            all.add(s);
        }
        return new DcpExperiment(
                work.rate(),
                work.losses(),
                work.epsilon(),
                work.samples(),
                work.stageEpochs(),
                work.fineTuning(),
                all,
                work.timed());
    }

    /// A network that is trained here.
    private Material drawn() {
        Splits digits = DataSets.drawn(600, 0, 300, 1);
        ByteImages test = java.util.Objects.requireNonNull(digits.test());
        var data = new PruningData(digits.train(), test, Normalize.of(digits.train()));
        NetworkConfig config = CifarResNet.Config.of(8, 8, 1, digits.classes().size());
        Module network = config.build(Rng.seed(1));
        new FineTuning(12, 0.1, 32, 1).run(network, data);
        return new Material(
                new Subject("ResNet-8 of half width", config, network),
                data,
                List.of(new Findings.Data("drawn digits", null)));
    }

    /// A network that was trained elsewhere. What its makers called training images includes all
    /// our validation images, so it is judged on test images.
    private Material published() throws IOException {
        Path folder = data == null ? Sets.environment() : data;
        if (folder == null) {
            throw common.wrong(
                    "preset '%s' needs CIFAR-10 and a network; give their folder by --data or JAVELIN_DATA"
                            .formatted(preset));
        }
        Path file =
                model == null ? folder.resolve("models/cifar_resnet/resnet20.safetensors") : model;
        PublishedModel found = PublishedModel.of(PruneCommand.tensors(file));
        if (found == null) {
            throw new IllegalArgumentException(
                    file + ": its tensors are of no network that is recognised");
        }
        int most = limit != null ? limit : preset.equals("small") ? 4000 : 0;
        Sets sets = Sets.load(found.set(), folder, most, 0);
        ByteImages held = sets.test() == null ? sets.validation() : sets.test();
        String name = file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
        return new Material(
                new Subject(name, found.config(), found.network()),
                new PruningData(sets.train(), held, new Normalize(found.mean(), found.std())),
                List.of(
                        new Findings.Data(
                                sets.name() + ", training images", Sets.hash(sets.train())),
                        new Findings.Data(sets.name() + ", held images", Sets.hash(held))));
    }
}
