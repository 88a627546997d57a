package javelin.algorithms.fourierspi.sensing;

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
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Fourier single-pixel imaging against compressed sensing at an equal number of pulses, equal
/// noise per pulse and on one thread, compiled; times are medians, and what a stream of pictures
/// shares is timed apart on both sides. One pulse of compressed sensing lights everything and gives
/// the mean.
///
/// Two choices favour the opponents: their weights are those with the least true error on a
/// calibration picture ([Tuning]), and they are timed to the first iterate as good as the Fourier
/// picture, which only somebody who knows the truth could stop at. Every solver begins with an
/// empty picture.
///
/// All the same, without noise ADMM needs few iterations for lines over QR codes: from 3 to 33 with
/// 12 sets of patterns, 5 in the median. Four phases for a coefficient leave half as many unknowns
/// as pulses, while each random pattern tells something new; and ADMM begins with the smoothest
/// picture that fits, which is linear in the measurements and 0.6 to 2.5 dB worse than Fourier's.
/// It is among the opponents.
///
/// @param mode what a pulse lights
/// @param height rows of the picture
/// @param width its columns
/// @param ratio pulses per pixel of a frame, or of a line
/// @param noise of a pulse
/// @param scheme phases of the sinusoids
/// @param timing how often things are timed
/// @param seed of random patterns and of noise
public record Comparison(
        Mode mode,
        int height,
        int width,
        double ratio,
        Noise noise,
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
        FourierSide.check(mode, height, width, ratio, scheme);
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

    /// Sees pictures of [#pictures].
    @FunctionalInterface
    public interface Viewer {
        /// The name of the Fourier system among those of opponents.
        String FOURIER = "fourier";

        /// Called once for each scene and side, from any thread.
        ///
        /// @param scene number of the scene
        /// @param side [#FOURIER], or the name of an opponent
        void see(int scene, String side, float[] picture);
    }

    /// Final pictures of many scenes, each with noise and random patterns of its own, without
    /// timing: to count over.
    ///
    /// @param opponents names of those that take part; weights are chosen once
    /// @param workers for scenes
    public void pictures(
            List<float[]> scenes,
            float[] calibration,
            List<String> opponents,
            Workers workers,
            Viewer viewer) {
        Vectors.check("calibration picture", calibration, height * width);
        scenes.forEach(scene -> Vectors.check("picture", scene, height * width));
        int pulses = new FourierSide(this).pulses();
        List<Runnable> tunings = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        sides.add((scene, _, rng) -> {
            var side = new FourierSide(this);
            return side.image(side.detect(scene, noise, rng)).clone();
        });
        List<String> names = new ArrayList<>(List.of(Viewer.FOURIER));
        for (Entrant<?> entrant : entrants(pulses)) {
            if (opponents.contains(entrant.name())) {
                int at = sides.size();
                names.add(entrant.name());
                sides.add((_, _, _) -> new float[0]);
                tunings.add(() -> sides.set(at, side(entrant, pulses, calibration)));
            }
        }
        if (!names.containsAll(opponents)) {
            throw new IllegalArgumentException(
                    "comparison: found opponents %s, wanted %s; take only such as there are"
                            .formatted(names.subList(1, names.size()), opponents));
        }
        workers.run(tunings.size(), i -> tunings.get(i).run());
        workers.run(
                scenes.size() * sides.size(),
                i -> {
                    int scene = i / sides.size();
                    int side = i % sides.size();
                    Rng rng = Rng.seed(seed).split(4 + scene).split(side);
                    float[] picture = sides.get(side).picture(scenes.get(scene), seed + scene, rng);
                    viewer.see(scene, names.get(side), picture);
                });
    }

    /// From a scene to its picture, with working memory of its own.
    private interface Side {
        float[] picture(float[] scene, long patterns, Rng rng);
    }

    private <C> Side side(Entrant<C> entrant, int pulses, float[] calibration) {
        C best = entrant.tuned(pulses, seed, calibration, noise, Rng.seed(seed).split(2));
        return (scene, patterns, rng) -> {
            var camera = entrant.cameras().of(pulses, patterns);
            float[] b = camera.detection().of(scene, noise, rng);
            return camera.solver().apply(best).solve(b).image();
        };
    }

    private List<Entrant<?>> entrants(int pulses) {
        Backend on = new CpuBackend(1, Simd.isAvailable());
        return mode == Mode.FRAME
                ? Entrant.frames(on, height, width, pulses)
                : Entrant.lines(on, height, width, (double) height / width);
    }

    private Report compare(
            float[] picture, float[] calibration, @Nullable Predicate<double[]> recognised) {
        Vectors.check("picture", picture, height * width);
        Vectors.check("calibration picture", calibration, height * width);
        Predicate<float[]> hook = x -> recognised != null && recognised.test(doubles(x));
        Again again = fourier(picture, hook);
        Fourier fourier = again.found;
        boolean nothing = recognised != null && !fourier.recognised;
        Predicate<float[]> good =
                recognised == null
                        ? x -> FairTiming.psnr(x, picture) >= fourier.psnr
                        : x -> !nothing && hook.test(x);
        List<Opponent> opponents = new ArrayList<>();
        for (Entrant<?> entrant : entrants(fourier.pulses)) {
            opponents.add(opponent(entrant, picture, calibration, again, good, hook));
        }
        return new Report(fourier, opponents);
    }

    /// The Fourier system at work: what it found, and how to do it again.
    private record Again(Fourier found, Supplier<float[]> run) {}

    private Again fourier(float[] picture, Predicate<float[]> hook) {
        long start = System.nanoTime();
        var side = new FourierSide(this);
        double setup = (System.nanoTime() - start) * 1e-9;
        double[] d = side.detect(picture, noise, Rng.seed(seed).split(1));
        Supplier<float[]> run = () -> side.image(d);
        float[] image = run.get().clone();
        double psnr = FairTiming.psnr(image, picture);
        double seconds = seconds(timing, run);
        return new Again(new Fourier(side.pulses(), psnr, hook.test(image), seconds, setup), run);
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

    private <C> Opponent opponent(
            Entrant<C> entrant,
            float[] picture,
            float[] calibration,
            Again fourier,
            Predicate<float[]> good,
            Predicate<float[]> hook) {
        int pulses = fourier.found.pulses;
        C weight = entrant.tuned(pulses, seed, calibration, noise, Rng.seed(seed).split(2));
        var camera = entrant.cameras().of(pulses, seed);
        float[] b = detect(camera, picture);
        var result = timing.run(() -> camera.solver().apply(weight), b, picture, good);
        // Beside each other, so that a machine that is slower for a while is so for both.
        double fourierSeconds = seconds(new FairTiming(0, timing.repeats()), fourier.run);
        float[] image = camera.solver().apply(weight).solve(b).image();
        OptionalInt fewest = OptionalInt.empty();
        double fewestSeconds = Double.NaN;
        if (good.test(image)) {
            fewest =
                    FairTiming.fewestMeasurements(
                            m -> {
                                var fewer = entrant.cameras().of(m, seed);
                                return new FairTiming.Problem(
                                        fewer.solver().apply(weight), detect(fewer, picture));
                            },
                            good,
                            2,
                            pulses);
        }
        if (fewest.isPresent()) {
            var fewer = entrant.cameras().of(fewest.getAsInt(), seed);
            Solver small = fewer.solver().apply(weight);
            float[] some = detect(fewer, picture);
            fewestSeconds = timing.median(() -> small.solve(some).nanos() * 1e-9);
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

    private float[] detect(Entrant.Camera<?> camera, float[] picture) {
        return camera.detection().of(picture, noise, Rng.seed(seed).split(3));
    }

    private static double[] doubles(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i];
        }
        return y;
    }
}
