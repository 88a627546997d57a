package javelin.algorithms.fourierspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

class ReconstructionTest {
    private static final Workers ALONE = new Workers(1);

    private static double[] object(int pixels) {
        Rng rng = Rng.seed(11);
        double[] o = new double[pixels];
        Arrays.setAll(o, _ -> rng.nextDouble());
        return o;
    }

    @ParameterizedTest
    @CsvSource({"64,33", "65,33", "100,20", "800,20"})
    void fastLinesAgreeWithTheDefinition(int n, int k) {
        Grid grid = Grid.line(n);
        double[] o = object(n);
        for (Scheme scheme :
                List.of(new Scheme.Steps(4), new Scheme.Steps(3), new Scheme.TwoStepsAndBase())) {
            for (boolean shortcut : new boolean[] {false, true}) {
                Schedule s =
                        Schedule.of(grid, SamplingOrder.LOW_1D.first(grid, k), scheme, shortcut);
                double[] d = Pattern.FULL.measure(s, o, 0.7);
                double[] expected =
                        Reconstruction.direct(grid, s.frequencies(), s.estimate(d, 0.5));
                float[] found = LineReconstruction.ideal(s, 0.5, n).run(d);
                for (int i = 0; i < n; i++) {
                    assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
                }
            }
        }
    }

    /// The coarse line has the fine line's values where their pixels meet.
    @Test
    void aLineMayHaveFewerPixels() {
        Grid grid = Grid.line(800);
        Schedule s =
                Schedule.of(grid, SamplingOrder.LOW_1D.first(grid, 20), new Scheme.Steps(4), false);
        double[] d = Pattern.FULL.measure(s, object(800), 0);
        float[] fine = LineReconstruction.ideal(s, 0.5, 800).run(d);
        float[] coarse = LineReconstruction.ideal(s, 0.5, 100).run(d);
        for (int i = 0; i < 100; i++) {
            assertThat(coarse[i]).isCloseTo(fine[8 * i], within(1e-5f));
        }
        assertThatThrownBy(() -> LineReconstruction.ideal(s, 0.5, 38))
                .hasMessageContaining("more than 38");
    }

    @Test
    void codesOfAConverterGiveTheSameLines() {
        Grid grid = Grid.line(128);
        Schedule s =
                Schedule.of(grid, SamplingOrder.LOW_1D.first(grid, 8), new Scheme.Steps(4), false);
        var plan = LineReconstruction.ideal(s, 0.5, 128);
        int lines = 37;
        Rng rng = Rng.seed(3);
        short[] codes = new short[lines * 32];
        double[] values = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (short) rng.nextInt(65536);
            values[i] = (codes[i] & 0xffff) * 0.001;
        }
        float[] x = new float[lines * 128];
        plan.run(codes, 0, 0.001, lines, x, 0);
        assertThat(x).containsExactly(plan.run(values), within(1e-4f));
    }

    @ParameterizedTest
    @CsvSource({"8,6", "7,6", "8,5", "7,5", "1,9", "16,1", "32,24"})
    void fastFramesAgreeWithTheDefinition(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        double[] o = object(grid.pixels());
        List<Frequency> all = SamplingOrder.CIRCULAR.of(grid);
        for (int k : new int[] {1, all.size() / 3 + 1, all.size()}) {
            Schedule s = Schedule.of(grid, all.subList(0, k), new Scheme.Steps(3), true);
            double[] d = Pattern.FULL.measure(s, o, 0);
            double[] expected = Reconstruction.direct(grid, s.frequencies(), s.estimate(d, 0.5));
            float[] found = new FrameReconstruction(s, 0.5, ALONE).run(d);
            for (int i = 0; i < o.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    /// What is not measured is missing in the image and nothing else (Parseval).
    @Test
    void errorIsTheEnergyThatWasNotMeasured() {
        Grid grid = new Grid(9, 8);
        double[] o = object(72);
        List<Frequency> all = SamplingOrder.CIRCULAR.of(grid);
        Schedule whole = Schedule.of(grid, all, new Scheme.Steps(4), false);
        Complex[] f = whole.estimate(Pattern.FULL.measure(whole, o, 0), 0.5);
        double before = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= all.size(); k++) {
            double[] image = Reconstruction.direct(grid, all.subList(0, k), Arrays.copyOf(f, k));
            double error = 0;
            for (int i = 0; i < 72; i++) {
                error += (image[i] - o[i]) * (image[i] - o[i]) / 72;
            }
            double missing = 0;
            for (int i = k; i < all.size(); i++) {
                double power = f[i].re() * f[i].re() + f[i].im() * f[i].im();
                missing += (grid.isSelfConjugate(all.get(i)) ? 1 : 2) * power / (72.0 * 72);
            }
            assertThat(error).isCloseTo(missing, within(1e-10));
            assertThat(error).isLessThanOrEqualTo(before + 1e-12);
            before = error;
        }
    }

    @ParameterizedTest
    @CsvSource({"8,6", "7,6", "9,9", "16,1"})
    void sparseOrdersArePermutationsOfTheHalfPlane(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        for (List<Frequency> order :
                List.of(
                        SparseOrders.variableDensity(grid, 1, 2, 2.5, Rng.seed(1)),
                        SparseOrders.importance(grid, List.of(object(grid.pixels()))),
                        SparseOrders.radial(grid, 5))) {
            assertThat(order).hasSameSizeAs(grid.halfPlane());
            assertThat(new HashSet<>(order)).isEqualTo(new HashSet<>(grid.halfPlane()));
            assertThat(order.getFirst()).isEqualTo(new Frequency(0, 0));
        }
    }

    @Test
    void sparseOrdersKeepTheirPromises() {
        Grid grid = new Grid(32, 32);
        List<Frequency> dense = SparseOrders.variableDensity(grid, 3, 4, 3, Rng.seed(1));
        long disc = grid.halfPlane().stream().filter(f -> Math.hypot(f.u(), f.v()) <= 3).count();
        assertThat(dense.subList(0, (int) disc)).allMatch(f -> Math.hypot(f.u(), f.v()) <= 3);
        double near =
                dense.subList((int) disc, 200).stream()
                        .mapToDouble(ReconstructionTest::rho)
                        .average()
                        .orElseThrow();
        double far =
                dense.subList(300, dense.size()).stream()
                        .mapToDouble(ReconstructionTest::rho)
                        .average()
                        .orElseThrow();
        assertThat(near).isLessThan(0.8 * far);
        double[] wave = new double[1024];
        for (int i = 0; i < 1024; i++) {
            wave[i] = Math.cos(2 * Math.PI * (5 * (i % 32) + 3 * (i / 32)) / 32);
        }
        assertThat(SparseOrders.importance(grid, List.of(wave)).get(1))
                .isEqualTo(new Frequency(5, 3));
        assertThat(SparseOrders.radial(grid, 4).subList(0, 5))
                .containsExactlyInAnyOrder(
                        new Frequency(0, 0),
                        new Frequency(1, 0),
                        new Frequency(0, 1),
                        new Frequency(1, 1),
                        new Frequency(-1, 1));
    }

    private static double rho(Frequency f) {
        return Math.hypot(f.u(), f.v());
    }
}
