package javelin.algorithms.cli;

import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.FrequencyOrder;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.files.ScheduleFile;
import javelin.nn.data.Images;
import javelin.nn.data.Picture;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;

/// `javelin spi patterns`.
@Command(
        name = "patterns",
        description = {
            "Writes the patterns of a schedule as PNG files, one per pulse, and the schedule itself"
                    + " for 'spi reconstruct'.",
            ""
        })
final class SpiPatternsCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    @Mixin private final SpiOptions options = new SpiOptions();

    @Option(
            names = "--size",
            paramLabel = "N|WxH",
            description = "Pixels of the field; N is N x N, or a line of N. Default: 256.")
    private String size = "256";

    @Option(
            names = "--dither",
            description =
                    "Black and white for a mirror device: twice the pixels, errors diffused (Floyd"
                            + " and Steinberg).")
    private boolean dither;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files. Default: out/patterns, out/patterns-2, …")
    private @Nullable Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of frequencies at random. Default: 1.")
    private long seed = 1;

    @Mixin private final Common common = new Common();

    @Override
    public Integer call() throws Exception {
        return common.compute(this::write);
    }

    private int write() throws IOException {
        boolean line = options.line(common);
        Grid grid = grid(line);
        Scheme scheme = options.scheme(common);
        FrequencyOrder asked = options.order(common, seed);
        FrequencyOrder order = line ? SamplingOrder.LOW_1D : asked;
        int each = Math.max(1, scheme.phases().length / scheme.samplesPerPulse());
        int all = line ? grid.nx() / 2 + 1 : grid.halfPlane().size();
        int k =
                (int)
                        Math.min(
                                all,
                                Math.max(
                                        1,
                                        Math.round(options.ratio(common) * grid.pixels() / each)));
        Schedule schedule = Schedule.of(grid, order.first(grid, k), scheme, false);
        if (schedule.pulses() > MOST) {
            throw common.wrong(
                    "%,d patterns are more than %,d files; take a smaller --ratio or --size"
                            .formatted(schedule.pulses(), MOST));
        }
        Path folder = Outputs.fresh(out, "patterns");
        double[] phases = scheme.phases();
        long told = System.nanoTime();
        int pulse = -1;
        for (Schedule.Sample s : schedule.samples()) {
            if (s.pulse() == pulse) {
                continue; // the modulator's other output
            }
            pulse = s.pulse();
            Frequency f =
                    s.isBase() ? new Frequency(0, 0) : schedule.frequencies().get(s.coefficient());
            // Half light everywhere is the pattern of frequency 0 at a quarter turn.
            double phase = s.isBase() ? Math.PI / 2 : phases[s.phase()];
            Images.write(
                    folder.resolve(
                            "pattern-%05d%s.png"
                                    .formatted(
                                            pulse,
                                            s.isBase()
                                                    ? "-base"
                                                    : "-u%d-v%d-phase%d"
                                                            .formatted(f.u(), f.v(), s.phase()))),
                    picture(grid, f, phase));
            if (System.nanoTime() - told > 2e9) {
                told = System.nanoTime();
                common.say("%,d of %,d patterns".formatted(pulse + 1, schedule.pulses()));
            }
        }
        new ScheduleFile(schedule, Pattern.FULL, List.of()).write(folder.resolve("schedule.json"));
        common.print(
                "%,d patterns of %d coefficients and schedule.json in %s"
                        .formatted(schedule.pulses(), k, folder));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("command", "spi patterns");
        json.put("patterns", schedule.pulses());
        json.put("coefficients", k);
        json.put("folder", folder.toString());
        common.writeJson(json);
        return 0;
    }

    private Grid grid(boolean line) {
        if (!size.matches("\\d{1,5}(x\\d{1,5})?")) {
            throw common.wrong("--size must be like 256 or 320x240, got '" + size + "'");
        }
        int cross = size.indexOf('x');
        int width = Integer.parseInt(cross < 0 ? size : size.substring(0, cross));
        int height = cross >= 0 ? Integer.parseInt(size.substring(cross + 1)) : line ? 1 : width;
        if (line && height != 1) {
            throw common.wrong("--mode line has patterns of one row; --size is one number");
        }
        return new Grid(width, height);
    }

    private Picture picture(Grid grid, Frequency f, double phase) {
        double[] levels = Pattern.FULL.levels(grid, f, phase);
        if (!dither) {
            float[] values = new float[levels.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) levels[i];
            }
            return Picture.ofFloats(values, grid.ny(), grid.nx(), 1);
        }
        return dithered(levels, grid.nx(), grid.ny());
    }

    /// Each pixel four times, made black or white; the error is handed to those that follow.
    ///
    /// @see "Floyd and Steinberg, An adaptive algorithm for spatial greyscale, 1976"
    static Picture dithered(double[] levels, int nx, int ny) {
        int width = 2 * nx;
        int height = 2 * ny;
        double[] left = new double[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                left[y * width + x] = levels[y / 2 * nx + x / 2];
            }
        }
        byte[] pixels = new byte[left.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                boolean light = left[at] >= 0.5;
                pixels[at] = (byte) (light ? 255 : 0);
                double error = left[at] - (light ? 1 : 0);
                if (x + 1 < width) {
                    left[at + 1] += error * 7 / 16;
                }
                if (y + 1 < height) {
                    left[at + width] += error * 5 / 16;
                    if (x > 0) {
                        left[at + width - 1] += error * 3 / 16;
                    }
                    if (x + 1 < width) {
                        left[at + width + 1] += error / 16;
                    }
                }
            }
        }
        return new Picture(height, width, 1, pixels);
    }
}
