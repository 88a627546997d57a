package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.experiment.FourierSpiExperiment;
import javelin.kernels.Backends;
import javelin.kernels.cpu.Workers;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/// `javelin run fourier-spi`.
@Command(
        name = "fourier-spi",
        description = {
            "High-speed compressive microscopy by sinusoidal illumination: QR codes read against"
                    + " the number of measurements and noise, time against compressed sensing,"
                    + " lines per second from a stream, cells found and told apart in a flow.",
            ""
        })
final class FourierSpiCommand implements Callable<Integer> {
    private static final Map<String, FourierSpiExperiment> PRESETS = presets();

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "smoke (a minute or two), small (default, ten minutes) or full.")
    private String preset = "small";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results. Default: out/fourier-spi, out/fourier-spi-2, …")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N", description = "Default: 1.")
    private long seed = 1;

    @Mixin private final Common common = new Common();

    private static Map<String, FourierSpiExperiment> presets() {
        var all = new LinkedHashMap<String, FourierSpiExperiment>();
        all.put("smoke", FourierSpiExperiment.SMOKE);
        all.put("small", FourierSpiExperiment.SMALL);
        all.put("full", FourierSpiExperiment.FULL);
        return all;
    }

    @Override
    public Integer call() throws Exception {
        return common.compute(this::experiment);
    }

    private int experiment() throws IOException {
        FourierSpiExperiment chosen = PRESETS.get(preset);
        if (chosen == null) {
            throw common.wrong(
                    Suggestion.unknown("preset", preset, java.util.List.copyOf(PRESETS.keySet())));
        }
        var work =
                new FourierSpiExperiment(
                        chosen.codes(),
                        chosen.curveCodes(),
                        chosen.timed(),
                        chosen.noiseCodes(),
                        chosen.repeats(),
                        chosen.cells(),
                        chosen.seconds(),
                        seed);
        Path folder = Outputs.folder(out, "fourier-spi");
        long start = System.nanoTime();
        var workers = new Workers(Provenance.threads(Backends.current()));
        FourierSpiExperiment.Results r = work.run(workers, common::say);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", "run fourier-spi");
        json.put("preset", preset);
        json.put("seed", seed);
        json.put("seconds", Math.round((System.nanoTime() - start) / 1e8) / 10.0);
        json.putAll(FourierSpiReport.fields(r));
        json.putAll(Provenance.here());
        Outputs.write(folder.resolve("results.json"), Json.pretty(json));
        FourierSpiReport.of(r, json).write(folder.resolve("report.html"));
        FourierSpiReport.lines(r).forEach(common::print);
        common.print("report %s".formatted(folder.resolve("report.html")));
        common.writeJson(json);
        return 0;
    }
}
