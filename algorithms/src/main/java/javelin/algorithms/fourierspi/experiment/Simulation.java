package javelin.algorithms.fourierspi.experiment;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.FrameReconstruction;
import javelin.algorithms.fourierspi.FrequencyOrder;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.PictureScene;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.algorithms.fourierspi.instrument.FrameInstrument;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.LineCamera;
import javelin.algorithms.fourierspi.instrument.Recording;
import javelin.algorithms.fourierspi.instrument.RowSkew;
import javelin.algorithms.fourierspi.recognition.ImageQuality;
import javelin.kernels.cpu.Workers;
import javelin.nn.data.Filter;
import javelin.nn.data.Images;
import javelin.tensor.Rng;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/// A picture as the camera would see it.
///
/// @param line whether by the line camera, past which the picture moves; else frame by frame
/// @param ratio measurements per pixel, in `(0, 1]` of what the scheme needs at most
/// @param scheme phases
/// @param order of the frequencies of a frame; a line has the lowest
/// @param skew how it is taken back that the pulses of a line see different rows
/// @param size pixels of a line, or of the frame's longer side
/// @param parts instrument
public record Simulation(
        boolean line,
        double ratio,
        Scheme scheme,
        FrequencyOrder order,
        RowSkew skew,
        int size,
        InstrumentConfig parts) {

    private static final int BLANK_LINES = 100;

    public Simulation {
        if (!(ratio > 0 && ratio <= 4)) {
            throw new IllegalArgumentException(
                    "simulation: ratio of measurements to pixels must be in (0, 4], got " + ratio);
        }
        if (size < 8 || size > 4096) {
            throw new IllegalArgumentException(
                    "simulation: size must be from 8 to 4096 pixels, got " + size);
        }
        if (!line && order == SamplingOrder.LOW_1D) {
            throw new IllegalArgumentException("simulation: LOW_1D orders lines, not frames");
        }
    }

    /// What came out.
    ///
    /// @param schedule of a line or of the frame
    /// @param picture reconstruction `[height, width]`, a blank being 1
    /// @param truth the object at the same pixels
    /// @param pulses in all
    /// @param blank numbers of a line without object, the mean of many; empty for a frame
    /// @param response what the calibration found of each coefficient; empty for a frame
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Result(
            Schedule schedule,
            Pattern pattern,
            Recording recording,
            float[] picture,
            float[] truth,
            int width,
            ImageQuality quality,
            long pulses,
            double[] blank,
            List<Complex> response) {}

    /// What is measured of a picture of the given size.
    ///
    /// @throws IllegalArgumentException if the ratio leaves no coefficient
    public Schedule schedule(int width, int height) {
        Grid grid = line ? Grid.line(size) : frame(width, height);
        int each = Math.max(1, scheme.phases().length / scheme.samplesPerPulse());
        int most = grid.nx() / 2 + 1;
        if (!line) {
            most = grid.halfPlane().size();
        }
        int k = (int) Math.round(ratio * grid.pixels() / each);
        if (k < 1) {
            throw new IllegalArgumentException(
                    "simulation: a ratio of %s of %d pixels is less than one coefficient of %d pulses; take %.2g or more"
                            .formatted(ratio, grid.pixels(), each, (double) each / grid.pixels()));
        }
        FrequencyOrder taken = line ? SamplingOrder.LOW_1D : order;
        return Schedule.of(grid, taken.first(grid, Math.min(k, most)), scheme, false);
    }

    private Grid frame(int width, int height) {
        int longer = Math.max(width, height);
        return new Grid(
                Math.max(1, (int) Math.round((double) size * width / longer)),
                Math.max(1, (int) Math.round((double) size * height / longer)));
    }

    /// Records and reconstructs a picture.
    ///
    /// @param object transmission `[height, width]`; its width fills the field
    /// @param progress hears the per cent done
    public Result run(float[] object, int width, Rng rng, Workers workers, IntConsumer progress) {
        int height = object.length / width;
        Schedule schedule = schedule(width, height);
        var pattern = new Pattern(0.5, Math.min(0.5, parts.modulator().amplitude()));
        return line
                ? lines(object, width, schedule, pattern, rng, progress)
                : frame(object, width, schedule, pattern, rng, workers, progress);
    }

    /// Lines as far apart as pixels.
    private Result lines(
            float[] object,
            int width,
            Schedule schedule,
            Pattern pattern,
            Rng rng,
            IntConsumer progress) {
        int height = object.length / width;
        double pitch = parts.field() / size;
        double speed = pitch * parts.laser().rate() / schedule.pulses();
        InstrumentConfig config =
                parts.withMotion(parts.field(), speed, parts.frozen(), parts.thickness());
        var camera = new LineCamera(config, schedule, rng.split());
        double wanted = Math.max(1, Math.rint((double) size * height / width));
        if (wanted * schedule.samples().size() > 1 << 26) {
            throw new IllegalArgumentException(
                    "simulation: a picture of %d x %d pixels makes %.0f lines of %d numbers; crop it, or take a smaller size or ratio"
                            .formatted(width, height, wanted, schedule.samples().size()));
        }
        int lines = (int) wanted;
        double row = lines * pitch / height;
        // A row that covers several lines is even light, as a pixel is along the line.
        var scene = new PictureScene(object, width, row, height > lines);
        Recording recording =
                camera.instrument()
                        .record(
                                scene,
                                lines,
                                0,
                                rng.split(),
                                done -> progress.accept((int) (100L * done / lines)));
        double[] values = skew.pulses(recording, schedule).values();
        float[] picture = camera.reconstruction(size).run(values);
        float[] truth = resized(object, width, size, lines);
        return new Result(
                schedule,
                pattern,
                recording,
                picture,
                truth,
                size,
                ImageQuality.of(picture, truth, size),
                (long) lines * schedule.pulses(),
                blank(camera, rng.split()),
                List.of(camera.calibration().response()));
    }

    private static double[] blank(LineCamera camera, Rng rng) {
        Recording r =
                camera.instrument().record((_, line) -> Arrays.fill(line, 1), BLANK_LINES, 0, rng);
        double[] mean = new double[r.samples()];
        for (int i = 0; i < r.values().length; i++) {
            mean[i % mean.length] += r.values()[i] / BLANK_LINES;
        }
        return mean;
    }

    private Result frame(
            float[] object,
            int width,
            Schedule schedule,
            Pattern pattern,
            Rng rng,
            Workers workers,
            IntConsumer progress) {
        Grid grid = schedule.grid();
        int q = parts.subpixels();
        float[] fine = resized(object, width, grid.nx() * q, grid.ny() * q);
        int samples = schedule.samples().size();
        Recording recording =
                new FrameInstrument(parts, schedule)
                        .record(fine, rng, done -> progress.accept(100 * done / samples));
        float[] picture =
                new FrameReconstruction(schedule, pattern.b(), workers).run(recording.values());
        float[] truth = resized(object, width, grid.nx(), grid.ny());
        return new Result(
                schedule,
                pattern,
                recording,
                picture,
                truth,
                grid.nx(),
                ImageQuality.of(picture, truth, grid.nx()),
                schedule.pulses(),
                new double[0],
                List.of());
    }

    private static float[] resized(float[] object, int width, int toWidth, int toHeight) {
        int height = object.length / width;
        return width == toWidth && height == toHeight
                ? object
                : Images.resize(object, height, width, 1, toHeight, toWidth, Filter.BOX);
    }
}
