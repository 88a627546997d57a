package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/// One who takes part in a [Comparison]: what is measured with so many pulses of a frame or a line,
/// and a solver with a grid of weights.
///
/// @param camera for a number of pulses, two at least
record Entrant<C>(String name, String operator, IntFunction<Camera<C>> camera, List<C> grid) {
    /// Entries of the largest matrix that is worth its memory, 512 MiB.
    private static final long MOST_ENTRIES = 1L << 27;

    /// Detection of pictures, and the solver of a weight.
    record Camera<C>(Detection detection, Function<C, Solver> solver) {}

    /// From a picture to measurements.
    interface Detection {
        float[] of(float[] picture, Noise noise, Rng rng);
    }

    /// The best weight for this noise; see [Tuning].
    C tuned(int pulses, float[] calibration, Noise noise, Rng rng) {
        Camera<C> c = camera.apply(pulses);
        float[] b = c.detection.of(calibration, noise, rng);
        return Tuning.best(grid, c.solver, b, calibration).config();
    }

    /// One with random patterns; of the pulses, one lights everything.
    private static <C> Entrant<C> random(
            String name,
            String operator,
            IntFunction<Measurement> a,
            List<C> grid,
            BiFunction<Measurement, C, Solver> solver) {
        return new Entrant<>(
                name,
                operator,
                pulses -> {
                    Measurement rows = a.apply(pulses - 1);
                    return new Camera<>(
                            (picture, noise, rng) -> Pulses.detect(rows, picture, noise, rng),
                            c -> solver.apply(rows, c));
                },
                grid);
    }

    /// Total variation and the linear solutions, sparse cosines with the fast operator (others give
    /// the same picture, later), and Hadamard imaging where sizes are powers of two. Dense
    /// operators are left out where their matrix would be too large.
    static List<Entrant<?>> frames(Backend on, int height, int width, int pulses, long seed) {
        int n = height * width;
        IntFunction<Measurement> fast = m -> WalshMeasurement.padded(m, n, Rng.seed(seed));
        IntFunction<Measurement> dense = m -> DenseMeasurement.bernoulli(on, m, n, Rng.seed(seed));
        BiFunction<Measurement, TotalVariation.Config, Solver> tv =
                (a, c) -> new TotalVariation(a, height, c);
        List<Entrant<?>> all = new ArrayList<>();
        all.add(random("total variation", "structured", fast, Tuning.TOTAL_VARIATION, tv));
        all.add(
                random(
                        "sparse cosines",
                        "structured",
                        fast,
                        Tuning.SPARSE,
                        (a, c) -> new Fista(a, new Cosines(on, height, width), c)));
        if (Integer.bitCount(height) == 1 && Integer.bitCount(width) == 1) {
            all.add(hadamard(height, width));
        }
        if ((long) pulses * n <= MOST_ENTRIES) {
            all.add(random("total variation", "dense", dense, Tuning.TOTAL_VARIATION, tv));
            linear(all, on, dense, 1, height, width);
        }
        return all;
    }

    /// ADMM for each line alone and for all together, total variation of all lines together with
    /// the fast operator, and the linear solutions.
    ///
    /// @param weight of differences between lines, as of [JointAdmm]
    static List<Entrant<?>> lines(Backend on, int lines, int width, double weight, long seed) {
        IntFunction<Measurement> dense =
                m -> DenseMeasurement.bernoulli(on, m, width, Rng.seed(seed));
        IntFunction<Measurement> fast = m -> WalshMeasurement.padded(m, width, Rng.seed(seed));
        List<Entrant<?>> all = new ArrayList<>();
        all.add(
                random(
                        "total variation of a frame",
                        "structured",
                        fast,
                        Tuning.TOTAL_VARIATION,
                        (a, c) ->
                                new TotalVariation(
                                        new BlockMeasurement(a, lines), lines, weight, c)));
        all.add(
                random(
                        "admm",
                        "dense",
                        dense,
                        Tuning.ADMM,
                        (a, c) -> new LineAdmm(on, a, lines, c)));
        all.add(
                random(
                        "joint admm",
                        "dense",
                        dense,
                        Tuning.JOINT_ADMM,
                        (a, c) -> new JointAdmm(on, a, lines, weight, c)));
        linear(all, on, dense, lines, 1, width);
        return all;
    }

    private static void linear(
            List<Entrant<?>> all,
            Backend on,
            IntFunction<Measurement> dense,
            int fields,
            int height,
            int width) {
        all.add(
                random(
                        "linear, smooth",
                        "dense",
                        dense,
                        Tuning.SMOOTH,
                        (a, eta) -> OneShot.smooth(on, a, fields, height, width, eta)));
        all.add(
                random(
                        "linear",
                        "dense",
                        dense,
                        Tuning.LINEAR,
                        (a, eta) -> new OneShot(on, a, fields, eta)));
    }

    /// The coarse patterns of Hadamard imaging; there is no weight.
    private static Entrant<HadamardOrder> hadamard(int height, int width) {
        var order = HadamardOrder.SEQUENCY;
        return new Entrant<>(
                "hadamard imaging",
                "differential",
                pulses -> {
                    var imaging = new HadamardImaging(height, width, order, pulses / 2);
                    return new Camera<>(imaging::detect, _ -> imaging);
                },
                List.of(order));
    }
}
