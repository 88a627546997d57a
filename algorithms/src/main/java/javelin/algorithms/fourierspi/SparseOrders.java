package javelin.algorithms.fourierspi;

import javelin.kernels.cpu.Workers;
import javelin.kernels.fft.ComplexDoubles;
import javelin.kernels.fft.ComplexPlan;
import javelin.tensor.Rng;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Orders of the half plane that need more than the grid: chance, examples, directions. Each is a
/// permutation of the half plane and begins with frequency 0.
public final class SparseOrders {
    private SparseOrders() {}

    /// Random without replacement with a density that falls with the frequency, after a full disc.
    /// Worth its while only with a reconstruction by compressed sensing: with zeros for what is
    /// missing, low frequencies alone are better.
    ///
    /// @param disc radius of the disc that comes first, in cycles
    /// @param scale `ρ₀` in cycles: the density is `(1 + ρ/ρ₀)^(−power)`
    /// @param power from 2 to 3 as a rule
    public static List<Frequency> variableDensity(
            Grid grid, double disc, double scale, double power, Rng rng) {
        if (!(disc >= 0 && scale > 0 && power > 0)) {
            throw new IllegalArgumentException(
                    "variable density: needs a disc of 0 or more, a positive scale and power, got %s, %s, %s"
                            .formatted(disc, scale, power));
        }
        // Efraimidis and Spirakis: keys log(u)/w, largest first, draw with probability w.
        return sorted(
                grid,
                f -> {
                    double rho = Math.hypot(f.u(), f.v());
                    double chance = Math.log(1 - rng.nextDouble());
                    return rho <= disc
                            ? rho - disc - 1
                            : -chance * Math.pow(1 + rho / scale, power);
                });
    }

    /// By the mean magnitude over examples, largest first; frequency 0 in front.
    ///
    /// @param examples pictures on the grid, row by row
    public static List<Frequency> importance(Grid grid, List<double[]> examples) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("importance: needs at least one example");
        }
        double[] mean = new double[grid.pixels()];
        for (double[] example : examples) {
            if (example.length != grid.pixels()) {
                throw new IllegalArgumentException(
                        "importance: an example has %d pixels, the grid %d"
                                .formatted(example.length, grid.pixels()));
            }
            double[] re = example.clone();
            double[] im = new double[re.length];
            var field = ComplexDoubles.split(re, im);
            ComplexPlan.of(grid.ny(), grid.nx(), 1).forward(field, field).run(new Workers(1));
            ComplexPlan.of(1, grid.ny(), grid.nx()).forward(field, field).run(new Workers(1));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += Math.hypot(re[i], im[i]);
            }
        }
        return sorted(
                grid,
                f -> {
                    int u = Math.floorMod(f.u(), grid.nx());
                    int v = Math.floorMod(f.v(), grid.ny());
                    return u == 0 && v == 0 ? Double.NEGATIVE_INFINITY : -mean[v * grid.nx() + u];
                });
    }

    /// Spokes through the origin at equal angles, from the middle outward; what lies on none of
    /// them comes last.
    ///
    /// @param spokes directions over half a turn
    public static List<Frequency> radial(Grid grid, int spokes) {
        if (spokes < 1) {
            throw new IllegalArgumentException("radial: needs one spoke or more, got " + spokes);
        }
        double far = Math.hypot(grid.nx(), grid.ny());
        return sorted(
                grid,
                f -> {
                    double rho = Math.hypot(f.u(), f.v());
                    double angle = Math.atan2(f.v(), f.u()) * spokes / Math.PI;
                    double off = rho * Math.PI / spokes * Math.abs(angle - Math.rint(angle));
                    return off <= 0.5 ? rho : far + rho;
                });
    }

    private static List<Frequency> sorted(Grid grid, ToDoubleFunction<Frequency> key) {
        List<Keyed> keyed = new ArrayList<>();
        for (Frequency f : grid.halfPlane()) {
            keyed.add(new Keyed(f, key.applyAsDouble(f)));
        }
        keyed.sort(
                Comparator.comparingDouble(Keyed::key)
                        .thenComparingInt(k -> k.frequency.v())
                        .thenComparingInt(k -> k.frequency.u()));
        return keyed.stream().map(Keyed::frequency).toList();
    }

    private record Keyed(Frequency frequency, double key) {}
}
