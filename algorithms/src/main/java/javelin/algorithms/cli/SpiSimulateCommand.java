package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.experiment.Simulation;
import javelin.algorithms.fourierspi.files.Measurements;
import javelin.algorithms.fourierspi.files.ScheduleFile;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.RowSkew;
import javelin.algorithms.fourierspi.recognition.QrReader;
import javelin.algorithms.report.Report;
import javelin.kernels.Backends;
import javelin.kernels.cpu.Workers;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;
import javelin.nn.io.Json;
import javelin.tensor.Rng;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `javelin spi simulate`.
@Command(
        name = "simulate",
        description = {
            "Shows pictures to the digital twin of the camera and reconstructs them: pictures,"
                    + " measured numbers, those of a blank, their schedule, and report.html.",
            ""
        })
final class SpiSimulateCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "PNG, JPEG, BMP or GIF files.")
    private List<Path> images = List.of();

    @Mixin private final SpiOptions options = new SpiOptions();

    @Option(
            names = "--size",
            paramLabel = "N",
            description =
                    "Pixels of a line, or of a frame's longer side. Default: 800 for lines, 128.")
    private @Nullable Integer size;

    @Option(
            names = "--snr",
            paramLabel = "DB",
            description =
                    "Signal-to-noise ratio at full scale in decibels. Default: 50 for lines, 75 for"
                            + " frames, whose patterns are shown for longer.")
    private @Nullable Double snr;

    @Option(
            names = "--bits",
            paramLabel = "B",
            description = "Of the analogue-to-digital converter. Default: 12 for lines, 16.")
    private @Nullable Integer bits;

    @Option(
            names = "--ideal",
            description = "No imperfection and no noise: only what was not measured is missing.")
    private boolean ideal;

    @Mixin private final SkewOption skew = new SkewOption();

    @Option(
            names = "--zoom",
            paramLabel = "Z",
            description =
                    "Width of the picture over that of the field. Default: 1; above, parts of it are"
                            + " not seen.")
    private double zoom = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results. Default: out/spi, out/spi-2, …")
    private @Nullable Path out;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random. Default: 1.")
    private long seed = 1;

    @Mixin private final Common common = new Common();

    private record Done(
            String name, Simulation.Result result, Optional<String> text, List<String> warnings) {}

    @Override
    public Integer call() throws Exception {
        return common.compute(this::simulate);
    }

    private int simulate() throws IOException {
        Simulation simulation = simulation();
        if (!(zoom > 0.05 && zoom <= 20)) {
            throw common.wrong("--zoom must be above 0.05 and at most 20, got " + zoom);
        }
        List<Picture> pictures = new ArrayList<>();
        for (Path image : images) { // all of them before any work
            pictures.add(Images.read(image).grey());
        }
        Path folder = Outputs.fresh(out, "spi");
        var workers = new Workers(Provenance.threads(Backends.current()));
        List<Done> all = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            all.add(one(simulation, pictures.get(i), name(i), workers, i, folder));
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", "spi simulate");
        json.put("options", options.description());
        json.put("size", simulation.size());
        json.put("snr_db", ideal ? null : simulation.parts().snr());
        json.put("seed", seed);
        json.put("pictures", all.stream().map(SpiSimulateCommand::fields).toList());
        json.putAll(Provenance.here());
        Outputs.write(folder.resolve("results.json"), Json.pretty(json));
        report(all, json).write(folder.resolve("report.html"));
        common.print("report %s".formatted(folder.resolve("report.html")));
        common.writeJson(json);
        return 0;
    }

    private Simulation simulation() throws IOException {
        boolean line = options.line(common);
        InstrumentConfig parts = line ? InstrumentConfig.TYPICAL : InstrumentConfig.FRAMES;
        if (ideal) {
            parts = InstrumentConfig.IDEAL.withSampling(0, 1);
        } else {
            parts = parts.withSampling(bits == null ? (line ? 12 : 16) : bits, line ? 4 : 2);
            parts = parts.withSnr(snr == null ? (line ? 50 : 75) : snr);
        }
        RowSkew taken = skew.of(common);
        if (taken != RowSkew.NONE && (ideal || !line)) {
            throw common.wrong("--deskew: nothing moves with --ideal or in frames");
        }
        int n = size == null ? (line ? 800 : 128) : size;
        return new Simulation(
                line,
                options.ratio(common),
                options.scheme(common),
                options.order(common, seed),
                taken,
                n,
                parts);
    }

    /// A name for the results of a picture, unlike those of the others.
    private String name(int i) {
        Path file = images.get(i).getFileName();
        String name = (file == null ? "picture" : file.toString()).replaceAll("\\.[^.]*$", "");
        boolean again = false;
        for (int j = 0; j < i; j++) {
            again |= images.get(j).getFileName() != null && name(j).equals(name);
        }
        return again ? name + "-" + (i + 1) : name;
    }

    private Done one(
            Simulation simulation,
            Picture picture,
            String name,
            Workers workers,
            int number,
            Path folder)
            throws IOException {
        List<String> warnings = new ArrayList<>();
        Picture placed = placed(picture);
        if (zoom > 1) {
            warnings.add(
                    "object larger than the field: %.0f %% of its area lies outside"
                            .formatted(100 - 100 / (zoom * zoom)));
        }
        int[] told = {0};
        long start = System.nanoTime();
        Simulation.Result r =
                simulation.run(
                        placed.floats(),
                        placed.width(),
                        Rng.seed(seed).split(number),
                        workers,
                        percent -> {
                            if (percent >= told[0] + 10 && System.nanoTime() - start > 1e9) {
                                told[0] = percent;
                                common.say("   %s: %d %% of the pulses".formatted(name, percent));
                            }
                        });
        boolean all = r.schedule().frequencies().size() == r.schedule().grid().halfPlane().size();
        if (all && r.schedule().compressionRatio() < 0.99 * options.ratio(common)) {
            warnings.add(
                    String.format(
                            Locale.ROOT,
                            "all %d coefficients are measured, which is a ratio of %.3g and not %s",
                            r.schedule().frequencies().size(),
                            r.schedule().compressionRatio(),
                            options.ratio(common)));
        }
        if (r.recording().clipped() > 0) {
            warnings.add(
                    "clipped: %d of %d numbers lay beyond the converter's range"
                            .formatted(r.recording().clipped(), r.recording().values().length));
        }
        int height = r.picture().length / r.width();
        Images.write(
                folder.resolve(name + ".png"), Picture.ofFloats(r.picture(), height, r.width(), 1));
        Images.write(
                folder.resolve(name + "-truth.png"),
                Picture.ofFloats(r.truth(), height, r.width(), 1));
        Measurements.write(
                folder.resolve(name + ".csv"), r.recording().values(), r.recording().samples());
        if (r.blank().length > 0) {
            Measurements.write(folder.resolve(name + "-blank.csv"), r.blank(), r.blank().length);
        }
        new ScheduleFile(r.schedule(), r.pattern(), r.response())
                .write(folder.resolve(name + "-schedule.json"));
        Optional<String> text = QrReader.search(r.picture(), r.width());
        common.print(
                String.format(
                        Locale.ROOT,
                        "%s: %d x %d pixels from %,d pulses, PSNR %.2f dB, SSIM %.3f%s",
                        name,
                        r.width(),
                        height,
                        r.pulses(),
                        r.quality().psnr(),
                        r.quality().ssim(),
                        text.map(t -> ", QR code '" + t + "'").orElse("")));
        warnings.forEach(w -> System.err.println("warning: " + name + ": " + w));
        return new Done(name, r, text, warnings);
    }

    /// The part of the picture that lies in the field, on a transparent ground.
    private Picture placed(Picture p) {
        if (zoom == 1) {
            return p;
        }
        int width = Math.max(1, (int) Math.round(p.width() / zoom));
        int height = Math.max(1, (int) Math.round(p.height() / zoom));
        byte[] field = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = x + (p.width() - width) / 2;
                int fromY = y + (p.height() - height) / 2;
                boolean inside =
                        fromX >= 0 && fromY >= 0 && fromX < p.width() && fromY < p.height();
                field[y * width + x] = (byte) (inside ? p.at(fromY, fromX, 0) : 255);
            }
        }
        return new Picture(height, width, 1, field);
    }

    private static Map<String, @Nullable Object> fields(Done d) {
        var one = new LinkedHashMap<String, @Nullable Object>();
        Simulation.Result r = d.result;
        one.put("name", d.name);
        one.put("width", r.width());
        one.put("height", r.picture().length / r.width());
        one.put("coefficients", r.schedule().frequencies().size());
        one.put("pulses", r.pulses());
        one.put("ratio", (double) r.pulses() / r.picture().length);
        one.put("psnr_db", r.quality().psnr());
        one.put("ssim", r.quality().ssim());
        one.put("rmse", r.quality().rmse());
        one.put("clipped", r.recording().clipped());
        one.put("qr_text", d.text.orElse(null));
        one.put("warnings", d.warnings);
        return one;
    }

    /// The fields for a reader.
    private static Map<String, @Nullable Object> facts(Done d) {
        Simulation.Result r = d.result;
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("pixels", "%d x %d".formatted(r.width(), r.picture().length / r.width()));
        all.put("pulses", String.format(Locale.ROOT, "%,d", r.pulses()));
        all.put("coefficients", r.schedule().frequencies().size());
        all.put(
                "pulses per pixel",
                String.format(Locale.ROOT, "%.3g", (double) r.pulses() / r.picture().length));
        all.put("PSNR", String.format(Locale.ROOT, "%.2f dB", r.quality().psnr()));
        all.put("SSIM", String.format(Locale.ROOT, "%.3f", r.quality().ssim()));
        all.put("clipped numbers", r.recording().clipped());
        all.put("QR code", d.text.orElse("none read"));
        return all;
    }

    private Report report(List<Done> all, Map<String, @Nullable Object> json) {
        var report = new Report("Fourier single-pixel imaging");
        report.text(options.description() + (ideal ? ", ideal instrument" : ""));
        for (Done d : all) {
            Simulation.Result r = d.result;
            int height = r.picture().length / r.width();
            int shown = Math.min(420, Math.max(r.width(), 256));
            report.section(d.name)
                    .pictures(
                            List.of(
                                    new Report.Shown(
                                            Images.png(
                                                    Picture.ofFloats(
                                                            r.truth(), height, r.width(), 1)),
                                            shown,
                                            "object",
                                            Report.Mood.PLAIN),
                                    new Report.Shown(
                                            Images.png(
                                                    Picture.ofFloats(
                                                            r.picture(), height, r.width(), 1)),
                                            shown,
                                            String.format(
                                                    Locale.ROOT,
                                                    "reconstruction, PSNR %.2f dB",
                                                    r.quality().psnr()),
                                            Report.Mood.PLAIN)));
            d.warnings.forEach(w -> report.text("Warning: " + w + "."));
            report.facts(facts(d));
        }
        json.remove("pictures");
        report.section("Settings").facts(json);
        return report;
    }
}
