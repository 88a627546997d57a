package javelin.algorithms.fourierspi.sensing;

import javelin.algorithms.fourierspi.FrameReconstruction;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.kernels.Backend;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Fourier single-pixel imaging against compressed sensing at an equal number of pulses, equal
/// noise per pulse and on one thread, compiled; times are medians, and what a stream of pictures
/// shares is timed apart on both sides. One pulse of compressed sensing lights everything and gives
/// the mean.
///
/// Two choices favour the opponents: their weights are those with the least true error on a
/// calibration picture ([Tuning]), and they are timed to the first iterate as good as the Fourier
/// picture, which only somebody who knows the truth could stop at.
///
/// @param mode what a pulse lights
/// @param height rows of the picture
/// @param width its columns
/// @param ratio pulses per pixel of a frame, or of a line
/// @param sigma noise of a pulse, as a share of full scale: all light on, nothing in the way
/// @param scheme phases of the sinusoids
/// @param timing how often things are timed
/// @param seed of random patterns and of noise
public record Comparison(
        Mode mode,
        int height,
        int width,
        double ratio,
        double sigma,
        Scheme scheme,
        FairTiming timing,
        long seed) {
    /// A Fourier picture takes microseconds: so many count as one run.
    private static final int CALLS = 100;

    /// What a pulse lights: all of a picture, or one of its lines.
    public enum Mode {
        FRAME,
        LINE
    }

    /// The Fourier picture.
    ///
    /// @param pulses of a frame or of a line
    /// @param psnr quality `Q*`, in dB
    /// @param recognised what the hook says; false without one
    /// @param seconds from measured numbers to the picture, all lines
    /// @param setupSeconds tables of schedule and transform
    public record Fourier(
            int pulses, double psnr, boolean recognised, double seconds, double setupSeconds) {}

    /// An opponent.
    ///
    /// @param result times of the whole picture; there, `oracle` is the first iterate with the PSNR
    ///   of the Fourier picture or, with a hook, the first recognised one
    /// @param recognised what the hook says of its final picture; false without one
    /// @param ratio seconds to that iterate over those of the Fourier picture, timed once more
    ///   beside it; NaN for never
    /// @param ownRatio seconds to its own stop, likewise
    /// @param fewestPulses fewest with which its final picture is still as good; empty where its
    ///   final picture is not even with all
    /// @param fewestSeconds to its own stop with so few; NaN where there are none
    public record Opponent(
            String name,
            String operator,
            FairTiming.Result result,
            boolean recognised,
            double ratio,
            double ownRatio,
            OptionalInt fewestPulses,
            double fewestSeconds) {}

    /// All that was measured.
    public record Report(Fourier fourier, List<Opponent> opponents) {
        public Report {
            opponents = List.copyOf(opponents);
        }
    }

    /// Checks all values.
    public Comparison {
        Limits.atLeastOne("comparison", "height", height);
        Limits.atLeastOne("comparison", "width", width);
        Limits.notNegative("comparison", "sigma", sigma);
        int unit = mode == Mode.LINE ? width : Math.multiplyExact(height, width);
        int most = new Grid(width, mode == Mode.LINE ? 1 : height).halfPlane().size();
        int k = coefficients(ratio, unit, scheme);
        if (!(ratio > 0 && ratio <= 1) || k < 1 || k > most || k * perCoefficient(scheme) < 2) {
            throw new IllegalArgumentException(
                    "comparison: a ratio of %s gives no picture of %d pixels; take one from %s to 1"
                            .formatted(ratio, unit, (float) perCoefficient(scheme) / unit));
        }
    }

    /// Compares quality by PSNR.
    ///
    /// @param picture row by row, in `[0, 1]`
    /// @param calibration another one of the same size and kind, for the weights of the opponents
    public Report run(float[] picture, float[] calibration) {
        return compare(picture, calibration, null);
    }

    /// Compares quality by recognition: an iterate is as good as the Fourier picture if it is
    /// recognised, where that one is; else there is nothing to reach. A caller who counts over
    /// pictures has rates.
    ///
    /// @param recognised whether a picture, row by row, is understood: a decoder
    public Report run(float[] picture, float[] calibration, Predicate<double[]> recognised) {
        return compare(picture, calibration, recognised);
    }

    /// As the other form.
    public Report run(double[] picture, double[] calibration) {
        return compare(Grams.floats(picture), Grams.floats(calibration), null);
    }

    /// As the other form.
    public Report run(double[] picture, double[] calibration, Predicate<double[]> recognised) {
        return compare(Grams.floats(picture), Grams.floats(calibration), recognised);
    }

    private Report compare(
            float[] picture, float[] calibration, @Nullable Predicate<double[]> recognised) {
        Vectors.check("picture", picture, height * width);
        Vectors.check("calibration picture", calibration, height * width);
        Backend on = new CpuBackend(1, Simd.isAvailable());
        Predicate<float[]> hook = x -> recognised != null && recognised.test(doubles(x));
        Again again = fourier(picture, hook);
        Fourier fourier = again.found;
        boolean nothing = recognised != null && !fourier.recognised;
        Predicate<float[]> good =
                recognised == null
                        ? x -> FairTiming.psnr(x, picture) >= fourier.psnr
                        : x -> !nothing && hook.test(x);
        int rows = fourier.pulses - 1;
        List<Entrant<?>> entrants =
                mode == Mode.FRAME
                        ? Entrant.frames(on, height, width, rows, seed)
                        : Entrant.lines(on, height, width, (double) height / width, seed);
        List<Opponent> opponents = new ArrayList<>();
        for (Entrant<?> entrant : entrants) {
            opponents.add(opponent(entrant, picture, calibration, again, good, hook));
        }
        return new Report(fourier, opponents);
    }

    /// The Fourier system at work: what it found, and how to do it again.
    private record Again(Fourier found, Supplier<float[]> run) {}

    private Again fourier(float[] picture, Predicate<float[]> hook) {
        long start = System.nanoTime();
        Grid grid = mode == Mode.LINE ? Grid.line(width) : new Grid(width, height);
        SamplingOrder order = mode == Mode.LINE ? SamplingOrder.LOW_1D : SamplingOrder.CIRCULAR;
        var frequencies = order.first(grid, coefficients(ratio, grid.pixels(), scheme));
        Schedule schedule = Schedule.of(grid, frequencies, scheme, false);
        Function<double[], float[]> inverse = inverse(schedule);
        double setup = (System.nanoTime() - start) * 1e-9;

        int samples = schedule.samples().size();
        int fields = picture.length / grid.pixels();
        double[] object = new double[grid.pixels()];
        double[] d = new double[fields * samples];
        Rng rng = Rng.seed(seed).split(1);
        double noise = sigma * grid.pixels();
        for (int l = 0; l < fields; l++) {
            for (int i = 0; i < object.length; i++) {
                object[i] = picture[l * object.length + i];
            }
            double[] some = Pattern.FULL.measure(schedule, object, 0);
            for (int i = 0; i < samples; i++) {
                d[l * samples + i] = some[i] + noise * rng.nextGaussian();
            }
        }
        Supplier<float[]> run = () -> inverse.apply(d);
        float[] image = run.get().clone();
        double psnr = FairTiming.psnr(image, picture);
        double seconds = seconds(timing, run);
        return new Again(
                new Fourier(schedule.pulses(), psnr, hook.test(image), seconds, setup), run);
    }

    /// From the numbers of a frame or of all lines to the picture, on this thread.
    private Function<double[], float[]> inverse(Schedule schedule) {
        double b = Pattern.FULL.b();
        if (mode == Mode.LINE) {
            var lines = LineReconstruction.ideal(schedule, b, width);
            float[] image = new float[height * width];
            return d -> {
                lines.run(d, height, image);
                return image;
            };
        }
        return new FrameReconstruction(schedule, b, new Workers(1))::run;
    }

    private static double seconds(FairTiming timing, Supplier<float[]> run) {
        double[] sink = new double[1];
        double seconds =
                timing.median(() -> {
                    long start = System.nanoTime();
                    for (int i = 0; i < CALLS; i++) {
                        sink[0] += run.get()[0];
                    }
                    return (System.nanoTime() - start) * 1e-9 / CALLS;
                });
        if (Double.isNaN(sink[0])) {
            throw new IllegalStateException("comparison: the Fourier picture is not finite");
        }
        return seconds;
    }

    private Opponent opponent(
            Entrant<?> entrant,
            float[] picture,
            float[] calibration,
            Again fourier,
            Predicate<float[]> good,
            Predicate<float[]> hook) {
        int rows = fourier.found.pulses - 1;
        Measurement a = entrant.measurement().apply(rows);
        var solver = entrant.tuned(a, calibration, sigma, Rng.seed(seed).split(2));
        float[] b = detect(a, picture);
        var result = timing.run(() -> solver.apply(a), b, picture, good);
        // Beside each other, so that a machine that is slower for a while is so for both.
        double fourierSeconds = seconds(new FairTiming(0, timing.repeats()), fourier.run);
        float[] image = solver.apply(a).solve(b).image();
        OptionalInt fewest = OptionalInt.empty();
        double fewestSeconds = Double.NaN;
        if (good.test(image)) {
            fewest =
                    FairTiming.fewestMeasurements(
                            m -> {
                                Measurement fewer = entrant.measurement().apply(m);
                                return new FairTiming.Problem(
                                        solver.apply(fewer), detect(fewer, picture));
                            },
                            good,
                            1,
                            rows);
        }
        if (fewest.isPresent()) {
            Measurement fewer = entrant.measurement().apply(fewest.getAsInt());
            Solver small = solver.apply(fewer);
            float[] some = detect(fewer, picture);
            fewestSeconds = timing.median(() -> small.solve(some).nanos() * 1e-9);
            fewest = OptionalInt.of(fewest.getAsInt() + 1); // the pulse that lights everything
        }
        return new Opponent(
                entrant.name(),
                entrant.operator(),
                result,
                hook.test(image),
                result.oracleSeconds() / fourierSeconds,
                result.ownSeconds() / fourierSeconds,
                fewest,
                fewestSeconds);
    }

    private float[] detect(Measurement a, float[] picture) {
        return Pulses.detect(a, picture, sigma, Rng.seed(seed).split(3));
    }

    private static int perCoefficient(Scheme scheme) {
        return scheme.phases().length / scheme.samplesPerPulse();
    }

    private static int coefficients(double ratio, int pixels, Scheme scheme) {
        int base = scheme.hasBase() ? 1 : 0;
        return (int) Math.round((ratio * pixels - base) / perCoefficient(scheme));
    }

    private static double[] doubles(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
        }
        return y;
    }
}
