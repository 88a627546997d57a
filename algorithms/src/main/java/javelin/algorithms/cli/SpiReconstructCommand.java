package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.FrameReconstruction;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.files.Measurements;
import javelin.algorithms.fourierspi.files.ScheduleFile;
import javelin.algorithms.fourierspi.instrument.Recording;
import javelin.algorithms.fourierspi.instrument.RowSkew;
import javelin.algorithms.fourierspi.recognition.QrReader;
import javelin.algorithms.report.Report;
import javelin.kernels.Backends;
import javelin.kernels.cpu.Workers;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;
import javelin.nn.io.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `javelin spi reconstruct`.
@Command(
        name = "reconstruct",
        description = {
            "Reconstructs measured numbers: a row per line of the camera, or the numbers of a frame,"
                    + " in the order of the schedule.",
            ""
        })
final class SpiReconstructCommand implements Callable<Integer> {
    @Option(
            names = "--measurements",
            required = true,
            paramLabel = "FILE",
            description = "Numbers as .csv or .npy.")
    private @Nullable Path measurements;

    @Option(
            names = "--schedule",
            required = true,
            paramLabel = "FILE",
            description = "Schedule that 'spi patterns' or 'spi simulate' wrote.")
    private @Nullable Path schedule;

    @Option(
            names = "--blank",
            paramLabel = "FILE",
            description =
                    "The same measured without object; the picture is divided by it. Without, it is"
                            + " stretched from its 1st to its 99th percentile.")
    private @Nullable Path blank;

    @Option(
            names = "--dark",
            paramLabel = "LEVEL",
            description =
                    "Number that the detector gives without light. The mean of the picture is then"
                            + " that of all numbers less this level, and frequency 0 need not be"
                            + " measured. Default: the mean is frequency 0, whatever light there is"
                            + " besides.")
    private @Nullable Double dark;

    @Mixin private final SkewOption skew = new SkewOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results. Default: out/spi, out/spi-2, …")
    private @Nullable Path out;

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return common.compute(this::reconstruct);
    }

    private int reconstruct() throws IOException {
        if (measurements == null || schedule == null) {
            throw new IllegalStateException("required options are missing");
        }
        for (Path p : Stream.of(measurements, schedule, blank).filter(Objects::nonNull).toList()) {
            if (Files.isDirectory(p)) {
                throw new IllegalArgumentException(p + ": is a folder; give a file");
            }
        }
        ScheduleFile file = ScheduleFile.read(schedule);
        Schedule s = file.schedule();
        int samples = s.samples().size();
        Measurements measured = Measurements.read(measurements, samples);
        List<String> warnings = new ArrayList<>();
        if (s.grid().ny() > 1 && measured.lines() > 1) {
            throw new IllegalArgumentException(
                    "%s: holds %d rows, but the schedule shows one frame; give each frame alone"
                            .formatted(measurements, measured.lines()));
        }
        int rails = measured.atTheRails();
        if (rails > 0) {
            warnings.add(
                    "clipped: %d of %d numbers are the smallest or the largest of all"
                            .formatted(rails, measured.values().length));
        }
        if (Arrays.stream(measured.values()).distinct().count() == 1) {
            warnings.add("no signal: all numbers are equal");
        }
        RowSkew taken = skew.of(common);
        if (taken != RowSkew.NONE && s.grid().ny() > 1) {
            throw common.wrong("--deskew is for lines, but the schedule shows a frame");
        }
        float[] picture = picture(file, deskewed(measured, s, taken));
        float[] shown;
        if (blank == null) {
            shown = QrReader.stretched(picture);
            warnings.add("no blank: the picture is stretched, its levels are not transmissions");
        } else {
            shown = divided(picture, picture(file, Measurements.read(blank, samples)));
        }
        int width = s.grid().nx();
        int height = shown.length / width;
        Path folder = Outputs.fresh(out, "spi");
        byte[] png = Images.png(Picture.ofFloats(shown, height, width, 1));
        Images.write(folder.resolve("picture.png"), Picture.ofFloats(shown, height, width, 1));
        float[] kept = blank == null ? picture : shown;
        double[] levels = new double[kept.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = kept[i];
        }
        Measurements.write(folder.resolve("picture.csv"), levels, width);
        Optional<String> text = QrReader.search(shown, width);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", "spi reconstruct");
        json.put("width", width);
        json.put("height", height);
        json.put("scheme", s.scheme().name());
        json.put("coefficients", s.frequencies().size());
        json.put("samples", measured.values().length);
        json.put("qr_text", text.orElse(null));
        json.put("warnings", warnings);
        json.putAll(Provenance.here());
        Outputs.write(folder.resolve("results.json"), Json.pretty(json));
        new Report("Reconstruction of measured numbers")
                .pictures(
                        List.of(
                                new Report.Shown(
                                        png,
                                        Math.min(640, Math.max(256, width)),
                                        "%d x %d pixels".formatted(width, height),
                                        Report.Mood.PLAIN)))
                .facts(json)
                .write(folder.resolve("report.html"));
        common.print(
                String.format(
                        Locale.ROOT,
                        "%d x %d pixels from %,d numbers%s",
                        width,
                        height,
                        measured.values().length,
                        text.map(t -> ", QR code '" + t + "'").orElse("")));
        warnings.forEach(w -> System.err.println("warning: " + w));
        common.print("report %s".formatted(folder.resolve("report.html")));
        common.writeJson(json);
        return 0;
    }

    private static Measurements deskewed(Measurements m, Schedule s, RowSkew skew) {
        var recording = new Recording(m.lines(), m.samples(), m.values(), new short[0], 0, 0);
        return new Measurements(skew.pulses(recording, s).values(), m.lines(), m.samples());
    }

    private float[] picture(ScheduleFile file, Measurements measured) {
        Schedule s = file.schedule();
        Grid grid = s.grid();
        if (grid.ny() == 1) {
            return withZero(
                    file,
                    measured,
                    new LineReconstruction(
                                    s,
                                    file.pattern().b(),
                                    file.divisors(),
                                    new double[0],
                                    grid.nx())
                            .run(measured.values()));
        }
        if (!file.response().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: field 'response' is for lines, but the schedule shows a frame"
                            .formatted(schedule));
        }
        var workers = new Workers(Provenance.threads(Backends.current()));
        return withZero(
                file,
                measured,
                new FrameReconstruction(s, file.pattern().b(), workers).run(measured.values()));
    }

    /// The mean of each field replaced by the one that [Schedule#zeroFromMean] finds, if a dark
    /// level was named.
    private float[] withZero(ScheduleFile file, Measurements measured, float[] picture) {
        if (dark == null) {
            return picture;
        }
        int pixels = picture.length / measured.lines();
        for (int l = 0; l < measured.lines(); l++) {
            int at = l * measured.samples();
            double[] d = Arrays.copyOfRange(measured.values(), at, at + measured.samples());
            double sum = file.schedule().zeroFromMean(d, file.pattern().a(), dark);
            for (int i = l * pixels; i < (l + 1) * pixels; i++) {
                sum -= picture[i];
            }
            for (int i = l * pixels; i < (l + 1) * pixels; i++) {
                picture[i] += (float) (sum / pixels);
            }
        }
        return picture;
    }

    /// Division by the blank, of which a line camera needs one line; where it is dark, by a
    /// twentieth of its brightest pixel.
    private static float[] divided(float[] picture, float[] blank) {
        if (picture.length % blank.length != 0) {
            throw new IllegalArgumentException(
                    "blank: %d pixels do not divide a picture of %d"
                            .formatted(blank.length, picture.length));
        }
        float most = 0;
        for (float b : blank) {
            most = Math.max(most, b);
        }
        if (!(most > 0)) {
            throw new IllegalArgumentException(
                    "blank: is dark everywhere, nothing can be divided by it; measure without object and with light");
        }
        float[] y = new float[picture.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = picture[i] / Math.max(blank[i % blank.length], most / 20);
        }
        return y;
    }
}
