package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/// One who takes part in a [Comparison]: an operator and a solver with a grid of weights.
///
/// @param measurement operator of a frame, or of one line, for a number of rows
record Entrant<C>(
        String name,
        String operator,
        IntFunction<Measurement> measurement,
        List<C> grid,
        BiFunction<Measurement, C, Solver> solver) {
    /// Entries of the largest matrix that is worth its memory, 512 MiB.
    private static final long MOST_ENTRIES = 1L << 27;

    /// The solver with the best weight for this noise; see [Tuning].
    Function<Measurement, Solver> tuned(Measurement a, float[] calibration, double sigma, Rng rng) {
        C best = Tuning.best(grid, c -> solver.apply(a, c), a, calibration, sigma, rng).config();
        return b -> solver.apply(b, best);
    }

    /// Total variation, sparse cosines, and the linear solution. Dense operators are left out where
    /// their matrix, with `rows` rows, would be too large.
    static List<Entrant<?>> frames(Backend on, int height, int width, int rows, long seed) {
        int n = height * width;
        IntFunction<Measurement> fast = m -> WalshMeasurement.padded(m, n, Rng.seed(seed));
        IntFunction<Measurement> dense = m -> DenseMeasurement.bernoulli(on, m, n, Rng.seed(seed));
        List<Entrant<?>> all = new ArrayList<>();
        boolean small = (long) rows * n <= MOST_ENTRIES;
        for (boolean structured : small ? new boolean[] {true, false} : new boolean[] {true}) {
            String operator = structured ? "structured" : "dense";
            IntFunction<Measurement> a = structured ? fast : dense;
            all.add(
                    new Entrant<>(
                            "total variation",
                            operator,
                            a,
                            Tuning.TOTAL_VARIATION,
                            (b, c) -> new TotalVariation(b, height, c)));
            all.add(
                    new Entrant<>(
                            "sparse cosines",
                            operator,
                            a,
                            Tuning.SPARSE,
                            (b, c) -> new Fista(b, new Cosines(on, height, width), c)));
        }
        if (small) {
            all.add(
                    new Entrant<>(
                            "linear",
                            "dense",
                            dense,
                            Tuning.LINEAR,
                            (b, eta) -> new OneShot(on, b, 1, eta)));
        }
        return all;
    }

    /// ADMM for each line alone and for all together, total variation of all lines together with
    /// the fast operator, and the linear solution.
    ///
    /// @param weight of differences between lines, as of [JointAdmm]
    static List<Entrant<?>> lines(Backend on, int lines, int width, double weight, long seed) {
        IntFunction<Measurement> dense =
                m -> DenseMeasurement.bernoulli(on, m, width, Rng.seed(seed));
        IntFunction<Measurement> fast = m -> WalshMeasurement.padded(m, width, Rng.seed(seed));
        return List.of(
                new Entrant<>(
                        "total variation of a frame",
                        "structured",
                        fast,
                        Tuning.TOTAL_VARIATION,
                        (b, c) ->
                                new TotalVariation(
                                        new BlockMeasurement(b, lines), lines, weight, c)),
                new Entrant<>(
                        "admm",
                        "dense",
                        dense,
                        Tuning.ADMM,
                        (b, c) -> new LineAdmm(on, b, lines, c)),
                new Entrant<>(
                        "joint admm",
                        "dense",
                        dense,
                        Tuning.ADMM,
                        (b, c) -> new JointAdmm(on, b, lines, weight, c)),
                new Entrant<>(
                        "linear",
                        "dense",
                        dense,
                        Tuning.LINEAR,
                        (b, eta) -> new OneShot(on, b, lines, eta)));
    }
}
