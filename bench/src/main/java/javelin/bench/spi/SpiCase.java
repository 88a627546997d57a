package javelin.bench.spi;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.FrameReconstruction;
import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.LineReconstruction;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.Schedule;
import javelin.bench.Implementations;
import javelin.kernels.Backend;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Random measurements and a reconstruction, ready to run. Lines take one thread, as in a stream.
public final class SpiCase {
    /// Share of the largest pixel by which pixels may be off: sums of 32-bit numbers.
    private static final double TOLERANCE = 1e-5;

    private static final int SAMPLES = 200;

    private final SpiProblem problem;
    private final Schedule schedule;
    private final double[] numbers; // of all lines, or of the frame
    private final Supplier<float[]> work;

    private SpiCase(SpiProblem problem, Backend backend) {
        this.problem = problem;
        schedule = problem.schedule();
        int samples = schedule.samples().size();
        boolean lines = problem.kind() == SpiProblem.Kind.LINES;
        Rng rng = Rng.seed(1);
        short[] codes = new short[lines ? SpiProblem.LINES * samples : 0];
        numbers = new double[lines ? codes.length : samples];
        for (int i = 0; i < numbers.length; i++) {
            int code = rng.nextInt(1 << 16);
            numbers[i] = code;
            if (lines) {
                codes[i] = (short) code;
            }
        }
        double b = Pattern.FULL.b();
        if (lines) {
            var plan = LineReconstruction.ideal(schedule, b, problem.size());
            float[] picture = new float[SpiProblem.LINES * problem.size()];
            work =
                    () -> {
                        plan.run(codes, 0, 1, SpiProblem.LINES, picture, 0);
                        return picture;
                    };
        } else {
            var workers = new Workers(Implementations.threads(backend));
            var plan = new FrameReconstruction(schedule, b, workers);
            work = () -> plan.run(numbers);
        }
    }

    /// A case whose result was compared with sums in 64 bits.
    ///
    /// @throws IllegalStateException if they differ
    static SpiCase checked(SpiProblem problem, String implementation) {
        var made = new SpiCase(problem, Implementations.named(implementation));
        made.check();
        return made;
    }

    /// One block of lines, or one frame.
    ///
    /// @return pixels, row by row, in an array that the next call may overwrite
    public float[] run() {
        return work.get();
    }

    private void check() {
        float[] found = run();
        double most = 0;
        for (float x : found) {
            most = Math.max(most, Math.abs(x));
        }
        int samples = schedule.samples().size();
        int pixels = schedule.grid().pixels();
        Rng rng = Rng.seed(2);
        for (int s = 0; s < SAMPLES; s++) {
            int i = rng.nextInt(found.length);
            int field = i / pixels;
            double[] own = Arrays.copyOfRange(numbers, field * samples, (field + 1) * samples);
            double expected = pixel(i % pixels, schedule.estimate(own, Pattern.FULL.b()));
            if (!(Math.abs(found[i] - expected) <= TOLERANCE * most)) {
                throw new IllegalStateException(
                        "%s: pixel %d is %s, expected %s: the reconstruction is wrong and was not timed"
                                .formatted(problem.name(), i, found[i], expected));
            }
        }
    }

    /// A pixel by the plain inverse transform: frequencies that are not their own conjugates count
    /// twice.
    private double pixel(int at, Complex[] f) {
        int nx = schedule.grid().nx();
        int ny = schedule.grid().ny();
        List<Frequency> frequencies = schedule.frequencies();
        double sum = 0;
        for (int k = 0; k < f.length; k++) {
            Frequency q = frequencies.get(k);
            int row = at / nx;
            double turns = (double) q.u() * (at % nx) / nx + (double) q.v() * row / ny;
            double angle = 2 * Math.PI * turns;
            double one = f[k].re() * Math.cos(angle) - f[k].im() * Math.sin(angle);
            sum += schedule.grid().isSelfConjugate(q) ? one : 2 * one;
        }
        return sum / (nx * (double) ny);
    }
}
