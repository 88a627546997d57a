package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.experiment.FourierSpiClaims;
import javelin.algorithms.fourierspi.experiment.FourierSpiExperiment;
import javelin.algorithms.report.Findings;
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
import java.util.List;
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

    /// The program draws what it looks at itself.
    private static final List<Findings.Data> DATA =
            List.of(
                    new Findings.Data("drawn QR codes, phantoms and fields", null),
                    new Findings.Data("drawn cells", null));

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "smoke (a minute or two), small (default, ten minutes) or paper (more"
                            + " than half an hour).")
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
        all.put("paper", FourierSpiExperiment.PAPER);
        return all;
    }

    @Override
    public Integer call() throws Exception {
        return common.compute(this::experiment);
    }

    private int experiment() throws IOException {
        FourierSpiExperiment chosen = PRESETS.get(preset);
        if (chosen == null) {
            throw common.wrong(Suggestion.unknown("preset", preset, List.copyOf(PRESETS.keySet())));
        }
        var work =
                new FourierSpiExperiment(
                        chosen.codes(),
                        chosen.curveCodes(),
                        chosen.side(),
                        chosen.timed(),
                        chosen.noiseCodes(),
                        chosen.repeats(),
                        chosen.cells(),
                        chosen.seconds(),
                        seed);
        Path folder = Outputs.folder(out, "fourier-spi");
        long start = System.nanoTime();
        var workers = new Workers(Provenance.threads(Backends.current()));
        FourierSpiExperiment.Results r =
                work.run(
                        workers,
                        line ->
                                common.say(
                                        "%4d s  %s"
                                                .formatted(
                                                        (System.nanoTime() - start) / 1_000_000_000,
                                                        line)));
        var findings =
                new Findings(
                        "fourier-spi",
                        preset,
                        List.of(seed),
                        DATA,
                        FourierSpiClaims.of(r),
                        FourierSpiReport.metrics(r),
                        Math.round((System.nanoTime() - start) / 1e8) / 10.0);
        Map<String, @Nullable Object> json = findings.fields(Provenance.here());
        Outputs.write(folder.resolve("results.json"), Json.pretty(json));
        FourierSpiReport.of(r, findings, json).write(folder.resolve("report.html"));
        FourierSpiReport.lines(r).forEach(common::print);
        findings.claims().forEach(c -> common.print("claim " + c.id() + " " + c));
        common.print("report %s".formatted(folder.resolve("report.html")));
        common.writeJson(json);
        return 0;
    }
}
