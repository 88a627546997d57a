package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One who takes part in a [Comparison]: what is measured with so many pulses of a frame or a line,
/// and a solver with a grid of weights.
///
/// @param cameras for any number of pulses
record Entrant<C>(String name, String operator, Cameras<C> cameras, List<C> grid) {
    /// Entries of the largest matrix that is worth its memory, 512 MiB.
    private static final long MOST_ENTRIES = 1L << 27;

    /// All cameras of a kind.
    interface Cameras<C> {
        /// The camera for so many pulses.
        ///
        /// @param pulses two at least
        /// @param seed of random patterns
        Camera<C> of(int pulses, long seed);
    }

    /// All operators of a kind.
    private interface Operators {
        Measurement of(int rows, long seed);
    }

    /// Detection of pictures, and the solver of a weight.
    record Camera<C>(Detection detection, Function<C, Solver> solver) {}

    /// From a picture to measurements.
    interface Detection {
        float[] of(float[] picture, Noise noise, Rng rng);
    }

    /// The best weight for this noise; see [Tuning].
    C tuned(int pulses, long seed, float[] calibration, Noise noise, Rng rng) {
        Camera<C> c = cameras.of(pulses, seed);
        float[] b = c.detection.of(calibration, noise, rng);
        return Tuning.best(grid, c.solver, b, calibration).config();
    }

    /// One with random patterns; of the pulses, one lights everything.
    private static <C> Entrant<C> random(
            String name,
            String operator,
            Operators a,
            List<C> grid,
            BiFunction<Measurement, C, Solver> solver) {
        return new Entrant<>(
                name,
                operator,
                (pulses, seed) -> {
                    Measurement rows = a.of(pulses - 1, seed);
                    return new Camera<>(
                            (picture, noise, rng) -> Pulses.detect(rows, picture, noise, rng),
                            c -> solver.apply(rows, c));
                },
                grid);
    }

    /// Total variation and the linear solutions, sparse cosines and wavelets with the fast operator
    /// (others give the same picture, later), and Hadamard imaging where sizes are powers of two.
    /// Wavelets are left out where sizes cannot be halved, dense operators are left out where their
    /// matrix would be too large.
    static List<Entrant<?>> frames(Backend on, int height, int width, int pulses) {
        int n = height * width;
        Operators fast = (m, seed) -> WalshMeasurement.padded(m, n, Rng.seed(seed));
        Operators dense = (m, seed) -> DenseMeasurement.bernoulli(on, m, n, Rng.seed(seed));
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
        int levels = Wavelets.levels(height, width);
        if (levels > 0) {
            all.add(
                    random(
                            "sparse wavelets",
                            "structured",
                            fast,
                            Tuning.SPARSE,
                            (a, c) ->
                                    new Fista(a, Wavelets.daubechies4(height, width, levels), c)));
        }
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
    static List<Entrant<?>> lines(Backend on, int lines, int width, double weight) {
        Operators dense = (m, seed) -> DenseMeasurement.bernoulli(on, m, width, Rng.seed(seed));
        Operators fast = (m, seed) -> WalshMeasurement.padded(m, width, Rng.seed(seed));
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
            List<Entrant<?>> all, Backend on, Operators dense, int fields, int height, int width) {
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
                (pulses, _) -> {
                    var imaging = new HadamardImaging(height, width, order, pulses / 2);
                    return new Camera<>(imaging::detect, _ -> imaging);
                },
                List.of(order));
    }
}
