package javelin.algorithms.fourierspi.sensing;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Times a solver against a quality that another method reaches. What a stream of frames shares is
/// timed apart; all times are medians after warm-up. The first iterate that is good enough is found
/// in a run of its own, so that no timed run pays for looking at pictures: this favours the solver,
/// since no real one knows the truth.
///
/// @param warmups runs before the first one that counts, at least; unless 0, they go on until no
///   run was 5 % faster than all before for a second, so that compilers have done their work, or
///   for 10
/// @param repeats runs that count; of runs so long that these would take more than 3 s, fewer, but
///   three at least
public record FairTiming(int warmups, int repeats) {
    /// Enough for the compilers, and 20 runs.
    public static final FairTiming STANDARD = new FairTiming(5, 20);

    private static final long SETTLED_NANOS = 1_000_000_000L;
    private static final long LONGEST_NANOS = 10 * SETTLED_NANOS;
    private static final long PATIENCE_NANOS = 3 * SETTLED_NANOS;

    /// What was found.
    ///
    /// @param setupSeconds construction of the solver, once, in a warm machine or a cold one
    /// @param oracleIteration first iterate of at least the wanted quality; 0 if there is none
    /// @param oracleSeconds time to that iterate; NaN if there is none
    /// @param ownIterations iterations to the solver's own stop
    /// @param ownSeconds time to it
    /// @param ownConverged whether a rule ended it, not a limit
    /// @param ownPsnr quality there, in dB
    /// @param bestPsnr quality of the best iterate, in dB
    public record Result(
            double setupSeconds,
            int oracleIteration,
            double oracleSeconds,
            int ownIterations,
            double ownSeconds,
            boolean ownConverged,
            double ownPsnr,
            double bestPsnr) {
        /// Whether any iterate has the wanted quality.
        public boolean reaches() {
            return oracleIteration > 0;
        }
    }

    /// A solver and its measurements.
    public record Problem(Solver solver, float[] measurements) {}

    /// Checks the numbers of runs.
    public FairTiming {
        if (warmups < 0 || repeats < 1) {
            throw new IllegalArgumentException(
                    "timing: needs at least one run that counts, got %d warm-ups and %d runs"
                            .formatted(warmups, repeats));
        }
    }

    /// Times a solver on measurements of `truth` for a target in dB.
    public Result run(Supplier<Solver> setup, float[] measurements, float[] truth, double target) {
        return run(setup, measurements, truth, image -> psnr(image, truth) >= target);
    }

    /// Times a solver on measurements of `truth` for any other notion of a good picture.
    ///
    /// @param good whether an iterate is good enough; asked until it once is
    public Result run(
            Supplier<Solver> setup, float[] measurements, float[] truth, Predicate<float[]> good) {
        long start = System.nanoTime();
        Solver solver = setup.get();
        double setupSeconds = seconds(System.nanoTime() - start);
        int[] reached = new int[1];
        double[] best = {Double.NEGATIVE_INFINITY};
        Solver.Solution own =
                solver.solve(
                        measurements,
                        (iteration, image) -> {
                            float[] iterate = image.get();
                            best[0] = Math.max(best[0], psnr(iterate, truth));
                            if (reached[0] == 0 && good.test(iterate)) {
                                reached[0] = iteration;
                            }
                            return true;
                        });
        int stop = reached[0];
        double ownSeconds = median(() -> seconds(solver.solve(measurements).nanos()));
        double oracleSeconds =
                stop == 0
                        ? Double.NaN
                        : median(() ->
                                seconds(
                                        solver.solve(measurements, (i, image) -> i < stop)
                                                .nanos()));
        double ownPsnr = psnr(own.image(), truth);
        return new Result(
                setupSeconds,
                stop,
                oracleSeconds,
                own.iterations(),
                ownSeconds,
                own.converged(),
                ownPsnr,
                best[0]);
    }

    /// Fewest measurements with which the solver's own result reaches the target, between `least`
    /// and `most`, by bisection: quality is taken to grow with the number of measurements. Empty if
    /// `most` are not enough.
    public static OptionalInt fewestMeasurements(
            IntFunction<Problem> problem, float[] truth, double target, int least, int most) {
        return fewestMeasurements(problem, image -> psnr(image, truth) >= target, least, most);
    }

    /// The same for any other notion of a good picture.
    public static OptionalInt fewestMeasurements(
            IntFunction<Problem> problem, Predicate<float[]> good, int least, int most) {
        if (least < 1 || least > most) {
            throw new IllegalArgumentException(
                    "timing: no number of measurements from %d to %d".formatted(least, most));
        }
        IntPredicate reaches =
                m -> {
                    Problem p = problem.apply(m);
                    return good.test(p.solver.solve(p.measurements).image());
                };
        if (!reaches.test(most)) {
            return OptionalInt.empty();
        }
        int low = least;
        int high = most;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reaches.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalInt.of(high);
    }

    /// Peak signal-to-noise ratio in dB for a range of 1, after clipping to `[0, 1]`.
    public static double psnr(float[] image, float[] truth) {
        if (image.length != truth.length) {
            throw new IllegalArgumentException(
                    "psnr: an image of %d pixels and a truth of %d"
                            .formatted(image.length, truth.length));
        }
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double d = Math.clamp(image[i], 0f, 1f) - (double) truth[i];
            sum += d * d;
        }
        return 10 * Math.log10(truth.length / sum);
    }

    /// Median of the runs that count, after the others.
    double median(DoubleSupplier run) {
        warmUp(run);
        double[] times = new double[repeats];
        long start = System.nanoTime();
        int n = 0;
        while (n < repeats && (n < 3 || System.nanoTime() - start < PATIENCE_NANOS)) {
            times[n++] = run.getAsDouble();
        }
        Arrays.sort(times, 0, n);
        return (times[(n - 1) / 2] + times[n / 2]) / 2;
    }

    private void warmUp(DoubleSupplier run) {
        long start = System.nanoTime();
        long settled = start;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; ; i++) {
            long now = System.nanoTime();
            boolean enough = now - settled > SETTLED_NANOS || now - start > LONGEST_NANOS;
            if (i >= warmups && (warmups == 0 || enough)) {
                return;
            }
            double time = run.getAsDouble();
            if (time < 0.95 * least) {
                least = time;
                settled = System.nanoTime();
            }
        }
    }

    private static double seconds(long nanos) {
        return nanos * 1e-9;
    }
}
