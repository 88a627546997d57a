package javelin.algorithms.cli;

import javelin.nn.data.DataSets;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `javelin demo`: the tour.
@Command(
        name = "demo",
        description = {
            "A tour in about two minutes on two cores: trains a small residual network on digits,"
                    + " tests it, saves and reloads it, reads pictures, writes report.html.",
            "",
            "Digits are MNIST where its files are found (--data, JAVELIN_DATA, or shared/data beside"
                    + " the project), else digits that the program draws itself.",
            ""
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of MNIST, or one that holds it.")
    private @Nullable Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for the results, which replace those of an earlier tour. Default: out/demo, out/demo-2, …")
    private @Nullable Path out;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "smoke (some seconds) or small (default).")
    private String preset = Demo.Preset.SMALL.name();

    @Option(names = "--seed", paramLabel = "N", description = "Default: 1.")
    private long seed = 1;

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return common.compute(this::demo);
    }

    private int demo() throws IOException {
        Demo.Preset work =
                Demo.Preset.ALL.stream()
                        .filter(p -> p.name().equals(preset))
                        .findFirst()
                        .orElseThrow(() ->
                                common.wrong(
                                        Suggestion.unknown(
                                                "preset",
                                                preset,
                                                Demo.Preset.ALL.stream()
                                                        .map(Demo.Preset::name)
                                                        .toList())));
        Sets sets = sets(work.images()).withValidation(1_000);
        Path folder = Outputs.folder(out, "demo");
        var demo = new Demo(work, seed, folder, common.quiet(), common::say);
        var json = demo.run(sets);
        if (common.quiet() && json.get("accuracy") instanceof Double accuracy) {
            common.print(
                    "%s: test accuracy %s".formatted(sets.name(), TrainCommand.percent(accuracy)));
        }
        common.writeJson(json);
        return Boolean.TRUE.equals(json.get("reload_equal")) ? 0 : 1;
    }

    /// A folder that was named must hold the digits; one that is only looked into need not.
    private Sets sets(int images) throws IOException {
        if (data != null) {
            return Sets.load("mnist", data, images, 0);
        }
        Path found = Sets.environment();
        String root = System.getProperty("javelin.root", "");
        if (found == null && !root.isEmpty()) {
            found = Path.of(root).resolveSibling("shared").resolve("data");
        }
        if (found != null && Files.isDirectory(found)) {
            try {
                return Sets.load("mnist", found, images, 0);
            } catch (java.nio.file.NoSuchFileException _) {
                common.say("No MNIST in %s.".formatted(found));
            }
        }
        common.say("No data set found: the program draws its own digits.");
        return Sets.of(DataSets.drawn(images, 1_000, 2_000, 1), images);
    }
}
