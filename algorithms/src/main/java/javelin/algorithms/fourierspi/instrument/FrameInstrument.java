package javelin.algorithms.fourierspi.instrument;

import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.Schedule;
import javelin.tensor.Rng;

import java.util.function.IntConsumer;

/// Digital twin of a single-pixel camera for frames: one two-dimensional sinusoid per pulse, an
/// object that rests, as with a spatial light modulator. Modulator, detector and converter are
/// those of the line camera; there is no stretched pulse, so neither its spectrum, its dispersion
/// nor the generator's speed play a part.
public final class FrameInstrument {
    private final InstrumentConfig config;
    private final Schedule schedule;

    /// An instrument that shows a schedule once.
    public FrameInstrument(InstrumentConfig config, Schedule schedule) {
        this.config = config;
        this.schedule = schedule;
    }

    /// Records a frame.
    ///
    /// @param object transmission in sub-pixels, `[ny·q, nx·q]` for `q` =
    ///   [InstrumentConfig#subpixels()]
    /// @param progress hears the number of samples done
    public Recording record(float[] object, Rng rng, IntConsumer progress) {
        Grid grid = schedule.grid();
        int q = config.subpixels();
        int width = Math.multiplyExact(grid.nx(), q);
        int height = Math.multiplyExact(grid.ny(), q);
        if (object.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "instrument: the field has %d x %d sub-pixels, the object %d"
                            .formatted(width, height, object.length));
        }
        int turn = leastCommonMultiple(width, height);
        float[] profile = new float[turn];
        double[] phases = schedule.scheme().phases();
        boolean pairs = schedule.scheme().samplesPerPulse() == 2;
        double[] clean = new double[schedule.samples().size()];
        for (int i = 0; i < clean.length; i++) {
            Schedule.Sample at = schedule.samples().get(i);
            Frequency f =
                    at.isBase()
                            ? new Frequency(0, 0)
                            : schedule.frequencies().get(at.coefficient());
            boolean other = pairs && at.phase() >= phases.length / 2;
            fill(profile, f, at.isBase() ? Double.NaN : phases[at.phase()], other);
            int stepX = Math.floorMod((long) f.u() * (turn / width), turn);
            int stepY = Math.floorMod((long) f.v() * (turn / height), turn);
            int start = 0;
            double sum = 0;
            for (int y = 0; y < height; y++) {
                sum += row(object, y * width, width, profile, start, stepX);
                start += stepY;
                start -= start >= turn ? turn : 0;
            }
            clean[i] = sum / ((double) q * q);
            progress.accept(i + 1);
        }
        return new Readout(config, grid.pixels()).read(schedule, clean, 1, rng);
    }

    /// Light over one turn of the phase, from the first sub-pixel on; NaN is the uniform pattern.
    private void fill(float[] profile, Frequency f, double phase, boolean other) {
        Modulator m = config.modulator();
        int q = config.subpixels();
        double shift = (0.5 / q - 0.5) * 2 * Math.PI; // the first sub-pixel's middle
        double first =
                shift
                                * ((double) f.u() / schedule.grid().nx()
                                        + (double) f.v() / schedule.grid().ny())
                        + phase
                        - (other ? Math.PI : 0);
        for (int t = 0; t < profile.length; t++) {
            double drive =
                    Double.isNaN(phase)
                            ? 0
                            : m.quantised(Math.cos(2 * Math.PI * t / profile.length + first));
            double passed = m.transmission(drive);
            profile[t] = (float) (other ? 1 - passed : passed);
        }
    }

    private static double row(
            float[] object, int at, int width, float[] profile, int start, int step) {
        int p = start;
        float even = 0;
        float odd = 0;
        double sum = 0;
        for (int x = 0; x < width; x++) {
            float light = object[at + x] * profile[p];
            if ((x & 1) == 0) {
                even += light;
            } else {
                odd += light;
            }
            p += step;
            p -= p >= profile.length ? profile.length : 0;
            if ((x & 63) == 63) { // short sums in 32 bits, the rest in 64
                sum += even + odd;
                even = 0;
                odd = 0;
            }
        }
        return sum + even + odd;
    }

    private static int leastCommonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return Math.multiplyExact(a / x, b);
    }
}
