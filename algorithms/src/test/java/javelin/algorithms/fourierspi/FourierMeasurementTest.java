package javelin.algorithms.fourierspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.List;

class FourierMeasurementTest {
    private static final List<Scheme> SCHEMES =
            List.of(
                    new Scheme.Steps(3),
                    new Scheme.Steps(4),
                    new Scheme.Steps(5),
                    new Scheme.QuarterSteps(),
                    new Scheme.TwoStepsAndBase(),
                    new Scheme.Complementary());

    private static double[] object(int pixels) {
        Rng rng = Rng.seed(7);
        double[] o = new double[pixels];
        for (int i = 0; i < pixels; i++) {
            o[i] = rng.nextDouble();
        }
        return o;
    }

    @ParameterizedTest
    @CsvSource({"64,1", "65,1", "100,1", "800,1", "1,1", "8,6", "7,6", "8,5", "7,5"})
    void fullSamplingIsExact(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        double[] o = object(grid.pixels());
        for (Scheme scheme : SCHEMES) {
            for (boolean shortcut : new boolean[] {false, true}) {
                Schedule s = Schedule.of(grid, grid.halfPlane(), scheme, shortcut);
                Complex[] f = s.estimate(Pattern.FULL.measure(s, o, 3), 0.5);
                double[] image = Reconstruction.direct(grid, s.frequencies(), f);
                assertThat(image).containsExactly(o, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64,1", "8,6", "16,16"})
    void countsOfFullSampling(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        int p = grid.pixels();
        boolean line = ny == 1;
        assertThat(pulses(grid, new Scheme.Steps(4), true)).isEqualTo(2 * p);
        assertThat(pulses(grid, new Scheme.Steps(4), false)).isEqualTo(2 * p + (line ? 4 : 8));
        assertThat(pulses(grid, new Scheme.Steps(3), true)).isEqualTo(3 * p / 2 + (line ? 1 : 2));
        assertThat(pulses(grid, new Scheme.TwoStepsAndBase(), true)).isEqualTo(p + 1);
        assertThat(pulses(grid, new Scheme.Complementary(), true)).isEqualTo(p);
    }

    private static int pulses(Grid grid, Scheme scheme, boolean shortcut) {
        return Schedule.of(grid, grid.halfPlane(), scheme, shortcut).pulses();
    }

    /// A drift of δ per pulse gives `−δ/2b·(1 + j)`, in the order of phases twice that.
    @Test
    void defaultOrderHalvesLinearDrift() {
        Grid grid = Grid.line(8);
        Schedule s = Schedule.of(grid, List.of(new Frequency(1, 0)), new Scheme.Steps(4), false);
        Complex found = s.estimate(new double[] {0, 1, 2, 3}, 0.5)[0];
        assertThat(found.re()).isCloseTo(-1, within(1e-12));
        assertThat(found.im()).isCloseTo(-1, within(1e-12));
        Complex byPhase = new Scheme.Steps(4).estimate(new double[] {0, 1, 2, 3}, 0, 0.5);
        assertThat(byPhase.re()).isCloseTo(-2, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"8,6", "7,6", "8,5", "7,5", "9,1"})
    void ordersAreNestedPermutationsOfTheHalfPlane(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        for (SamplingOrder order : SamplingOrder.values()) {
            if (order != SamplingOrder.LOW_1D || ny == 1) {
                List<Frequency> all = order.of(grid);
                assertThat(new HashSet<>(all)).isEqualTo(new HashSet<>(grid.halfPlane()));
                assertThat(all.getFirst()).isEqualTo(new Frequency(0, 0));
                assertThat(order.first(grid, 3)).isEqualTo(all.subList(0, 3));
            }
        }
    }

    @Test
    void severalObjectsAreMeasuredAsEachAlone() {
        Grid grid = Grid.line(9);
        Rng rng = Rng.seed(6);
        double[] objects = new double[3 * 9];
        java.util.Arrays.setAll(objects, _ -> rng.nextDouble());
        for (Scheme scheme : SCHEMES) {
            Schedule s = Schedule.of(grid, grid.halfPlane(), scheme, false);
            double[] d = Pattern.FULL.measure(s, objects, 3, 0.2);
            int n = s.samples().size();
            for (int l = 0; l < 3; l++) {
                double[] one = java.util.Arrays.copyOfRange(objects, 9 * l, 9 * l + 9);
                assertThat(java.util.Arrays.copyOfRange(d, n * l, n * l + n))
                        .isEqualTo(Pattern.FULL.measure(s, one, 0.2));
            }
        }
    }

    @Test
    void pulsesOfAScheduleFollowEachOther() {
        Grid grid = Grid.line(8);
        Scheme three = new Scheme.Steps(3);
        List<Frequency> zero = List.of(new Frequency(0, 0));
        for (int[] pulses : new int[][] {{0, 2, 1}, {-1, 0, 1}, {0, 0, 1}, {0, 1, 1 << 28}}) {
            List<Schedule.Sample> samples =
                    List.of(
                            new Schedule.Sample(pulses[0], 0, 0),
                            new Schedule.Sample(pulses[1], 0, 1),
                            new Schedule.Sample(pulses[2], 0, 2));
            assertThatThrownBy(() -> new Schedule(grid, zero, three, false, samples))
                    .hasMessageContaining("pulses count from 0")
                    .hasMessageContaining("1 samples to each at most");
        }
        List<Schedule.Sample> idle =
                List.of(
                        new Schedule.Sample(1, 0, 2),
                        new Schedule.Sample(5, 0, 0),
                        new Schedule.Sample(6, 0, 1));
        assertThat(new Schedule(grid, zero, three, false, idle).pulses()).isEqualTo(7);
    }

    @Test
    void badInputIsNamed() {
        Grid grid = Grid.line(8);
        Schedule s = Schedule.of(grid, grid.halfPlane(), new Scheme.Steps(3), false);
        assertThatThrownBy(() -> Grid.line(0)).hasMessageContaining("grid");
        assertThatThrownBy(() -> SamplingOrder.LOW_1D.first(grid, 6)).hasMessageContaining("has 5");
        assertThatThrownBy(() -> s.estimate(new double[3], 0.5)).hasMessageContaining("samples");
        double[] d = new double[15];
        d[4] = Double.NaN;
        assertThatThrownBy(() -> s.estimate(d, 0.5)).hasMessageContaining("sample 4 is NaN");
        assertThatThrownBy(() -> Pattern.FULL.measure(s, new double[9], 0))
                .hasMessageContaining("the field has 8 pixels");
    }
}
