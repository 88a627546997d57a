package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.Scene;
import javelin.algorithms.fourierspi.Schedule;
import javelin.tensor.Rng;

import java.util.function.IntConsumer;

/// Digital twin of the line camera: shows the patterns of a schedule to a scene that moves, one
/// pulse after another, and writes down what its detector sees. The same seed gives the same
/// numbers.
///
/// Light and object are sampled in sub-pixels, so that a reconstruction does not stand on the
/// samples it is made of. A timing error acts to first order in the phase it makes.
public final class Instrument {
    private final InstrumentConfig config;
    private final Schedule schedule;
    private final double[][] light;
    private final double[][] slopes;
    private final double fullScale;

    /// An instrument that repeats a schedule of a line.
    ///
    /// @throws IllegalArgumentException if the schedule is that of a frame
    public Instrument(InstrumentConfig config, Schedule schedule) {
        if (schedule.grid().ny() != 1) {
            throw new IllegalArgumentException(
                    "instrument: a line camera cannot show a frame of %d rows; use FrameInstrument"
                            .formatted(schedule.grid().ny()));
        }
        this.config = config;
        this.schedule = schedule;
        var illumination = new Illumination(config, schedule.grid().nx());
        double sum = 0;
        for (double e : illumination.envelope()) {
            sum += e;
        }
        fullScale = sum / config.subpixels();
        int samples = schedule.samples().size();
        light = new double[samples][];
        slopes = new double[config.laser().timingJitter() > 0 ? samples : 0][];
        double[] phases = schedule.scheme().phases();
        boolean pairs = schedule.scheme().samplesPerPulse() == 2;
        for (int i = 0; i < samples; i++) {
            Schedule.Sample at = schedule.samples().get(i);
            if (at.isBase()) {
                light[i] = illumination.uniform();
            } else {
                int cycles = schedule.frequencies().get(at.coefficient()).u();
                boolean other = pairs && at.phase() >= phases.length / 2;
                double phase = phases[at.phase()] - (other ? Math.PI : 0);
                light[i] = illumination.sinusoid(cycles, phase, other);
                if (slopes.length > 0) {
                    slopes[i] = illumination.slope(cycles, phase, other);
                }
            }
        }
    }

    /// The parts of this instrument.
    public InstrumentConfig config() {
        return config;
    }

    /// What it shows.
    public Schedule schedule() {
        return schedule;
    }

    /// What a blank passes of a pulse at full light, in pixels.
    public double fullScale() {
        return fullScale;
    }

    /// Lines per second.
    public double lineRate() {
        return config.laser().rate() / schedule.pulses();
    }

    /// Distance of lines on the object in metres.
    public double pitch() {
        return config.speed() / lineRate();
    }

    /// Records lines one after another.
    ///
    /// @param start height in metres that the first pulse sees
    public Recording record(Scene scene, int lines, double start, Rng rng) {
        return record(scene, lines, start, rng, _ -> {});
    }

    /// Records lines one after another.
    ///
    /// @param start height in metres that the first pulse sees
    /// @param progress hears the number of lines done
    public Recording record(Scene scene, int lines, double start, Rng rng, IntConsumer progress) {
        int samples = schedule.samples().size();
        int pulses = schedule.pulses();
        double[] clean = new double[Math.multiplyExact(lines, samples)];
        double[] errors = new double[clean.length];
        double[] row = new double[light[0].length];
        double[] around = new double[row.length];
        double seen = Double.NaN;
        double perPulse = config.speed() / config.laser().rate();
        long last = -1;
        double error = 0;
        for (int i = 0; i < clean.length; i++) {
            Schedule.Sample at = schedule.samples().get(i % samples);
            long line = i / samples;
            long pulse = line * pulses + at.pulse();
            double middle = line * pulses + (pulses - 1) / 2.0;
            double y = start + (config.frozen() ? middle : pulse) * perPulse;
            if (y != seen) {
                look(scene, y, row, around);
                seen = y;
            }
            clean[i] = dot(light[i % samples], row) / config.subpixels();
            if (slopes.length > 0 && !at.isBase()) {
                if (pulse != last) {
                    Frequency f = schedule.frequencies().get(at.coefficient());
                    error =
                            2
                                    * Math.PI
                                    * f.u()
                                    / config.stretch().duration()
                                    * config.laser().timingJitter()
                                    * rng.nextGaussian();
                    last = pulse;
                }
                errors[i] = error * dot(slopes[i % samples], row) / config.subpixels();
            }
            if (i % samples == samples - 1) {
                progress.accept(i / samples + 1);
            }
        }
        for (int i = 0; i < clean.length; i++) {
            clean[i] += errors[i];
        }
        return new Readout(config, fullScale).read(schedule, clean, lines, rng);
    }

    /// The row at a height, over the thickness of the line: Gauss–Hermite quadrature of three
    /// points, exact for polynomials up to the fifth degree.
    private void look(Scene scene, double y, double[] row, double[] around) {
        scene.row(y, row);
        if (config.thickness() > 0) {
            double sigma = config.thickness() / (2 * Math.sqrt(2 * Math.log(2)));
            for (int j = 0; j < row.length; j++) {
                row[j] *= 2.0 / 3;
            }
            for (int side = -1; side <= 1; side += 2) {
                scene.row(y + side * Math.sqrt(3) * sigma, around);
                for (int j = 0; j < row.length; j++) {
                    row[j] += around[j] / 6;
                }
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) { // four sums hide the latency of an addition
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
