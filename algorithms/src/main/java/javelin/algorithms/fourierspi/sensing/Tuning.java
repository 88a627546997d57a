package javelin.algorithms.fourierspi.sensing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Chooses the weight of a solver for a level of noise from a short grid, by the true error on a
/// calibration picture. No real instrument knows the truth, so this favours the solver; a
/// comparison with tuned solvers may be read as an upper bound of what they can do.
public final class Tuning {
    /// Total variation: with equality, ended early or not, and without it for `μ` from 2 to 2¹¹.
    public static final List<TotalVariation.Config> TOTAL_VARIATION = totalVariation();

    /// ADMM: with equality, and without it for `θ` from 0.001 to 0.4.
    public static final List<LineAdmm.Config> ADMM =
            admm(0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4);

    /// Joint ADMM, which is slow: every second one of these.
    public static final List<LineAdmm.Config> JOINT_ADMM = admm(0.003, 0.02, 0.1, 0.4);

    /// Sparse coefficients: the final `λ` from 0.0005 to 0.2.
    public static final List<Fista.Config> SPARSE =
            List.of(
                    Fista.Config.DEFAULT.withLast(0.0005),
                    Fista.Config.DEFAULT,
                    Fista.Config.DEFAULT.withLast(0.008),
                    Fista.Config.DEFAULT.withLast(0.03),
                    Fista.Config.DEFAULT.withLast(0.1),
                    Fista.Config.DEFAULT.withLast(0.2));

    /// Linear reconstruction: `η`.
    public static final List<Double> LINEAR = List.of(0.0, 0.01, 0.1, 1.0, 10.0);

    /// Linear reconstruction that knows that pictures are smooth: `η`.
    public static final List<Double> SMOOTH = List.of(0.0, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1.0);

    private Tuning() {}

    /// The best of a grid.
    ///
    /// @param psnr what it reaches at its own stop, in dB
    public record Choice<C>(C config, double psnr) {}

    /// The member of a grid whose solver ends nearest to the truth.
    ///
    /// @throws IllegalArgumentException if the grid is empty
    public static <C> Choice<C> best(
            List<C> grid, Function<C, Solver> solver, float[] measurements, float[] truth) {
        if (grid.isEmpty()) {
            throw new IllegalArgumentException(
                    "tuning: the grid is empty; offer one weight or more");
        }
        C best = grid.getFirst();
        double most = Double.NEGATIVE_INFINITY;
        for (C config : grid) {
            float[] image = solver.apply(config).solve(measurements).image();
            double psnr = FairTiming.psnr(image, truth);
            if (psnr > most) {
                most = psnr;
                best = config;
            }
        }
        return new Choice<>(best, most);
    }

    private static List<TotalVariation.Config> totalVariation() {
        List<TotalVariation.Config> grid = new ArrayList<>();
        grid.add(TotalVariation.Config.PRECISE);
        grid.add(TotalVariation.Config.DEFAULT);
        for (double mu = 1 << 11; mu >= 2; mu /= 2) {
            grid.add(TotalVariation.Config.DEFAULT.withoutEquality().withWeights(mu, 32));
        }
        return List.copyOf(grid);
    }

    private static List<LineAdmm.Config> admm(double... thetas) {
        List<LineAdmm.Config> grid = new ArrayList<>();
        grid.add(LineAdmm.Config.DEFAULT);
        for (double theta : thetas) {
            grid.add(LineAdmm.Config.DEFAULT.withoutEquality().withTheta(theta));
        }
        return List.copyOf(grid);
    }
}
