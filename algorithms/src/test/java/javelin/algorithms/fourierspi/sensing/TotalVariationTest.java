package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

class TotalVariationTest {
    private static final int SIZE = 32;

    @Test
    void differencesWrapAroundAndHaveTheirAdjoint() {
        float[] along = new float[6];
        float[] down = new float[6];
        Differences.apply(new float[] {1, 2, 4, 8, 16, 32}, 2, 3, 1, along, down);
        assertThat(along).containsExactly(1, 2, -3, 8, 16, -24);
        assertThat(down).containsExactly(7, 14, 28, -7, -14, -28);
        float[] x = Pictures.noise(6, 1, Rng.seed(1));
        float[] p = Pictures.noise(6, 1, Rng.seed(2));
        float[] q = Pictures.noise(6, 1, Rng.seed(3));
        float[] back = new float[6];
        Differences.apply(x, 2, 3, 0.7f, along, down);
        Differences.adjoint(p, q, 2, 3, 0.7f, back);
        assertThat(Vectors.dot(along, p) + Vectors.dot(down, q))
                .isCloseTo(Vectors.dot(x, back), within(1e-5));
    }

    @Test
    void shrinkageTakesTheThresholdOff() {
        assertThat(Vectors.shrink(3, 1)).isEqualTo(2);
        assertThat(Vectors.shrink(-3, 1)).isEqualTo(-2);
        assertThat(Vectors.shrink(0.5f, 1)).isZero();
        assertThat(Vectors.shrink(-0.5f, 1)).isZero();
    }

    /// The Lagrangian at fixed `w` is quadratic, so central differences are exact but for rounding.
    @Test
    void gradientAgreesWithDifferencesOfTheLagrangian() {
        Measurement a = new WalshMeasurement(20, 64, Rng.seed(4));
        var l = new LagrangianTv(a, 8, 8, 0.6, 0.125);
        float[] b = Pictures.noise(20, 0.3, Rng.seed(5));
        l.start(b, 16, 8, false);
        for (int i = 0; i < 3; i++) { // away from the start, with multipliers
            double slope = l.gradient();
            float[] d = l.g.clone();
            Vectors.scale(-l.steepest(slope), d);
            l.along(d);
            l.move(1);
            l.updateMultipliers(true);
        }
        assertThat(l.gradient()).isPositive();
        float[] g = l.g.clone();
        float[] d = Pictures.noise(64, 1, Rng.seed(6));
        l.along(d);
        double numeric = l.value(0.5) - l.value(-0.5);
        assertThat(numeric).isCloseTo(Vectors.dot(g, d), within(1e-3 * Vectors.norm(g)));
    }

    @Test
    void exactStepEndsWhereTheSlopeIsZero() {
        Measurement a = new WalshMeasurement(20, 64, Rng.seed(7));
        var l = new LagrangianTv(a, 8, 8, 0.6, 0.125);
        l.start(Pictures.noise(20, 0.3, Rng.seed(8)), 16, 8, false);
        double slope = l.gradient();
        double step = l.steepest(slope);
        float[] d = l.g.clone();
        Vectors.scale(-step, d);
        l.along(d);
        assertThat(l.value(1)).isLessThan(l.value(0));
        assertThat(l.value(1.01)).isGreaterThan(l.value(1));
        assertThat(l.value(0.99)).isGreaterThan(l.value(1));
        assertThat(l.barzilaiBorwein()).isCloseTo(step, within(1e-5 * step));
    }

    @Test
    void recoversAPiecewiseConstantImageFromEnoughMeasurements() {
        float[] truth = Pictures.cells(SIZE, 1);
        int n = truth.length;
        int m = 4 * n / 10;
        Measurement structured = new WalshMeasurement(m, n, Rng.seed(9));
        Measurement dense = DenseMeasurement.bernoulli(Backends.cpu(), m, n, Rng.seed(10));
        for (Measurement a : new Measurement[] {structured, dense}) {
            var solver = new TotalVariation(a, SIZE, TotalVariation.Config.DEFAULT);
            var solution = solver.solve(Pictures.measure(a, truth));
            assertThat(FairTiming.psnr(solution.image(), truth)).isGreaterThan(45);
            assertThat(solution.converged()).isTrue();
        }
    }

    /// What independent implementations reach on such pictures: 33 to 34 dB and 46 dB.
    @Test
    void findsSmoothCellsFromATenthAndAQuarterOfTheMeasurements() {
        float[] truth = Pictures.smoothCells(64, 1);
        int n = truth.length;
        double[] psnr = new double[2];
        int[] rows = {n / 10, n / 4};
        for (int i = 0; i < 2; i++) {
            Measurement a = new WalshMeasurement(rows[i], n, Rng.seed(2));
            var solver = new TotalVariation(a, 64, TotalVariation.Config.PRECISE);
            var image = solver.solve(Pictures.measure(a, truth)).image();
            psnr[i] = FairTiming.psnr(image, truth);
        }
        assertThat(psnr[0]).isGreaterThan(32);
        assertThat(psnr[1]).isGreaterThan(45);
    }

    @Test
    void scaleOfTheMeasurementsDoesNotMatter() {
        float[] truth = Pictures.cells(SIZE, 2);
        Measurement a = new WalshMeasurement(400, truth.length, Rng.seed(11));
        var solver = new TotalVariation(a, SIZE, TotalVariation.Config.DEFAULT);
        float[] b = Pictures.measure(a, truth);
        float[] image = solver.solve(b).image();
        Vectors.scale(1000, b);
        float[] large = solver.solve(b).image();
        Vectors.scale(0.001, large);
        assertThat(FairTiming.psnr(large, image)).isGreaterThan(55);
    }

    @Test
    void listenerEndsTheWorkAndSeesTheIterate() {
        float[] truth = Pictures.cells(SIZE, 3);
        Measurement a = new WalshMeasurement(300, truth.length, Rng.seed(12));
        var solver = new TotalVariation(a, SIZE, TotalVariation.Config.DEFAULT);
        float[][] seen = new float[1][];
        var solution =
                solver.solve(
                        Pictures.measure(a, truth),
                        (iteration, image) -> {
                            seen[0] = image.get();
                            return iteration < 7;
                        });
        assertThat(solution.iterations()).isEqualTo(7);
        assertThat(solution.converged()).isFalse();
        assertThat(solution.image()).isEqualTo(seen[0]);
    }

    @Test
    void badInputIsNamed() {
        Measurement a = new WalshMeasurement(3, 16, Rng.seed(13));
        assertThatThrownBy(() -> new TotalVariation(a, 5, TotalVariation.Config.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 pixels are no image of 5 rows");
        var solver = new TotalVariation(a, 4, TotalVariation.Config.DEFAULT);
        assertThatThrownBy(() -> solver.solve(new float[] {1, Float.NaN, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value 1 is NaN");
        assertThatThrownBy(() -> solver.solve(new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 values where 3 belong");
    }
}
