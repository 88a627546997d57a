package javelin.algorithms.fourierspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.Preset;
import javelin.algorithms.fourierspi.sensing.HadamardImaging;
import javelin.algorithms.fourierspi.sensing.HadamardOrder;
import javelin.kernels.cpu.Workers;
import javelin.kernels.fft.ComplexDoubles;
import javelin.kernels.fft.ComplexPlan;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Statements of the method that hold exactly, or for the mean of many trials.
class InvariantsTest {
    private static final Workers ALONE = new Workers(1);

    private static double[] object(int pixels) {
        Rng rng = Rng.seed(21);
        double[] o = new double[pixels];
        Arrays.setAll(o, _ -> rng.nextDouble());
        return o;
    }

    /// In 32 bits all coefficients give the object to 10⁻⁵.
    @ParameterizedTest
    @CsvSource({"64,1", "65,1", "100,1", "800,1", "8,6", "7,6", "8,5", "7,5", "32,24"})
    void fullSamplingIsExactInFloats(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        double[] o = object(grid.pixels());
        for (Scheme scheme :
                List.of(
                        new Scheme.Steps(3),
                        new Scheme.Steps(4),
                        new Scheme.Steps(5),
                        new Scheme.TwoStepsAndBase())) {
            Schedule s = Schedule.of(grid, grid.halfPlane(), scheme, true);
            double[] d = Pattern.FULL.measure(s, o, 0);
            float[] found =
                    ny == 1
                            ? LineReconstruction.ideal(s, 0.5, nx).run(d)
                            : new FrameReconstruction(s, 0.5, ALONE).run(d);
            for (int i = 0; i < o.length; i++) {
                assertThat((double) found[i]).as(scheme.name()).isCloseTo(o[i], within(1e-5));
            }
        }
    }

    /// Every scheme finds the coefficients that the library's transform has.
    @ParameterizedTest
    @CsvSource({"64,1", "65,1", "100,1", "8,6", "7,5"})
    void everySchemeFindsTheTransformOfTheObject(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        double[] o = object(grid.pixels());
        double[] im = new double[o.length];
        double[] re = o.clone();
        var field = ComplexDoubles.split(re, im);
        ComplexPlan.of(ny, nx, 1).forward(field, field).run(ALONE);
        ComplexPlan.of(1, ny, nx).forward(field, field).run(ALONE);
        for (Scheme scheme :
                List.of(
                        new Scheme.Steps(3),
                        new Scheme.Steps(4),
                        new Scheme.Steps(5),
                        new Scheme.QuarterSteps(),
                        new Scheme.TwoStepsAndBase(),
                        new Scheme.Complementary())) {
            Schedule s = Schedule.of(grid, grid.halfPlane(), scheme, false);
            Complex[] f = s.estimate(Pattern.FULL.measure(s, o, 0), 0.5);
            for (int k = 0; k < f.length; k++) {
                Frequency at = s.frequencies().get(k);
                int place = Math.floorMod(at.v(), ny) * nx + Math.floorMod(at.u(), nx);
                assertThat(f[k].re()).as(scheme.name()).isCloseTo(re[place], within(1e-12 * re[0]));
                assertThat(f[k].im()).as(scheme.name()).isCloseTo(im[place], within(1e-12 * re[0]));
            }
        }
    }

    /// Neither ambient light nor the mean level of the patterns reaches a coefficient.
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8})
    void constantsCancel(int steps) {
        Grid grid = Grid.line(48);
        double[] o = object(48);
        Schedule s = Schedule.of(grid, grid.halfPlane(), new Scheme.Steps(steps), false);
        Complex[] f = s.estimate(new Pattern(0.5, 0.3).measure(s, o, 0), 0.3);
        Complex[] ambient = s.estimate(new Pattern(0.5, 0.3).measure(s, o, 5), 0.3);
        Complex[] level = s.estimate(new Pattern(0.7, 0.3).measure(s, o, 0), 0.3);
        double scale = f[0].re();
        for (int k = 0; k < f.length; k++) {
            assertThat(ambient[k].re()).isCloseTo(f[k].re(), within(1e-12 * scale));
            assertThat(ambient[k].im()).isCloseTo(f[k].im(), within(1e-12 * scale));
            assertThat(level[k].re()).isCloseTo(f[k].re(), within(1e-12 * scale));
            assertThat(level[k].im()).isCloseTo(f[k].im(), within(1e-12 * scale));
        }
    }

    /// The half plane says all: mirrored and conjugated to the whole plane it is the spectrum of a
    /// real image, found by a complex transform, and the same image.
    @ParameterizedTest
    @CsvSource({"16,1", "15,1", "8,6", "7,6", "8,5", "7,5"})
    void halfThePlaneIsTheWholePlane(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        double[] o = object(grid.pixels());
        List<Frequency> some = grid.halfPlane().subList(0, 1 + grid.halfPlane().size() / 2);
        Schedule s = Schedule.of(grid, some, new Scheme.Steps(4), false);
        Complex[] f = s.estimate(Pattern.FULL.measure(s, o, 0), 0.5);
        double[] re = new double[o.length];
        double[] im = new double[o.length];
        for (int k = 0; k < f.length; k++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                int u = Math.floorMod(sign * some.get(k).u(), nx);
                int v = Math.floorMod(sign * some.get(k).v(), ny);
                re[v * nx + u] = f[k].re();
                im[v * nx + u] = sign * f[k].im();
            }
        }
        var field = ComplexDoubles.split(re, im);
        ComplexPlan.of(ny, nx, 1).inverse(field, field).run(ALONE);
        ComplexPlan.of(1, ny, nx).inverse(field, field).run(ALONE);
        assertThat(Reconstruction.direct(grid, some, f)).containsExactly(re, within(1e-12));
        assertThat(im).containsExactly(new double[o.length], within(1e-12));
    }

    /// Pulses of full sampling by counting, `p` pixels of which `r` coefficients are real.
    @ParameterizedTest
    @CsvSource({"64,1", "65,1", "8,6", "7,6", "8,5", "7,5"})
    void pulsesOfFullSampling(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        int p = grid.pixels();
        int r = (nx % 2 == 0 ? 2 : 1) * (ny > 1 && ny % 2 == 0 ? 2 : 1);
        int complex = (p - r) / 2;
        assertThat(grid.halfPlane()).hasSize(complex + r);
        assertThat(pulses(grid, new Scheme.Steps(4), true)).isEqualTo(2 * p);
        assertThat(pulses(grid, new Scheme.Steps(4), false)).isEqualTo(2 * p + 2 * r);
        assertThat(pulses(grid, new Scheme.Steps(3), true)).isEqualTo((3 * p + r) / 2);
        assertThat(pulses(grid, new Scheme.TwoStepsAndBase(), true)).isEqualTo(p + 1);
        assertThat(pulses(grid, new Scheme.Complementary(), true)).isEqualTo(p);
    }

    private static int pulses(Grid grid, Scheme scheme, boolean shortcut) {
        Schedule s = Schedule.of(grid, grid.halfPlane(), scheme, shortcut);
        Map<Integer, Integer> perPulse = new HashMap<>();
        s.samples().forEach(sample -> perPulse.merge(sample.pulse(), 1, Integer::sum));
        assertThat(perPulse).hasSize(s.pulses());
        return perPulse.size();
    }

    @Test
    void eightyPatternsAreALineAtTheRateOfThePaper() {
        Preset preset = Preset.PAPER_QR;
        Schedule s = preset.schedule();
        assertThat(s.pulses()).isEqualTo(80);
        double rate = preset.config(InstrumentConfig.TYPICAL).laser().rate() / s.pulses();
        assertThat(rate).isEqualTo(625_000);
        assertThat(s.compressionRatio()).isEqualTo(0.1);
        double[] phases = s.scheme().phases();
        for (Schedule.Sample sample : s.samples()) {
            Frequency f = s.frequencies().get(sample.coefficient());
            for (double level : Pattern.FULL.levels(s.grid(), f, phases[sample.phase()])) {
                assertThat(level).isBetween(0.0, 1.0);
            }
        }
    }

    /// With zeros for what is missing, the error falls with every coefficient of every order, by
    /// the energy of that coefficient.
    @ParameterizedTest
    @CsvSource({"9,8", "8,6", "13,1"})
    void everyOrderAddsItsEnergy(int nx, int ny) {
        Grid grid = new Grid(nx, ny);
        int p = grid.pixels();
        double[] o = object(p);
        List<List<Frequency>> orders = new ArrayList<>();
        for (SamplingOrder order : SamplingOrder.values()) {
            if (order != SamplingOrder.LOW_1D || ny == 1) {
                orders.add(order.of(grid));
            }
        }
        orders.add(SparseOrders.variableDensity(grid, 1, 2, 2.5, Rng.seed(1)));
        orders.add(SparseOrders.importance(grid, List.of(o)));
        orders.add(SparseOrders.radial(grid, 5));
        for (List<Frequency> all : orders) {
            Schedule whole = Schedule.of(grid, all, new Scheme.Steps(4), false);
            Complex[] f = whole.estimate(Pattern.FULL.measure(whole, o, 0), 0.5);
            double left = Arrays.stream(o).map(v -> v * v).sum() / p;
            for (int k = 1; k <= all.size(); k++) {
                double power = f[k - 1].re() * f[k - 1].re() + f[k - 1].im() * f[k - 1].im();
                left -= (grid.isSelfConjugate(all.get(k - 1)) ? 1 : 2) * power / p / p;
                double[] image =
                        Reconstruction.direct(grid, all.subList(0, k), Arrays.copyOf(f, k));
                double error = 0;
                for (int i = 0; i < p; i++) {
                    error += (image[i] - o[i]) * (image[i] - o[i]) / p;
                }
                assertThat(error).isCloseTo(left, within(1e-10));
            }
        }
    }

    /// The shared number of the base ties the parts of a coefficient: `cov = σ²/b²`, half of each
    /// variance.
    @Test
    void aSharedBaseCorrelatesTheParts() {
        Grid grid = Grid.line(16);
        Schedule s =
                Schedule.of(
                        grid, List.of(new Frequency(3, 0)), new Scheme.TwoStepsAndBase(), false);
        Rng rng = Rng.seed(9);
        double both = 0;
        double re = 0;
        double im = 0;
        for (int t = 0; t < 20_000; t++) {
            double[] d = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
            Complex f = s.estimate(d, 0.5)[0];
            both += f.re() * f.im();
            re += f.re() * f.re();
            im += f.im() * f.im();
        }
        assertThat(both / Math.sqrt(re * im)).isCloseTo(0.5, within(0.02));
    }

    /// At two pulses a pixel Hadamard's patterns pass on `1/√2` of the noise that sinusoids do.
    @Test
    void hadamardPassesOnLessNoise() {
        Grid grid = new Grid(16, 16);
        Schedule s = Schedule.of(grid, grid.halfPlane(), new Scheme.Steps(4), true);
        var hadamard = new HadamardImaging(16, 16, HadamardOrder.NATURAL, 256);
        assertThat(s.pulses()).isEqualTo(512).isEqualTo(hadamard.pulses());
        var fourier = new FrameReconstruction(s, 0.5, ALONE);
        Rng rng = Rng.seed(5);
        double[] power = new double[2];
        for (int t = 0; t < 100; t++) {
            double[] d = new double[512];
            float[] e = new float[512];
            for (int i = 0; i < 512; i++) {
                d[i] = rng.nextGaussian();
                e[i] = (float) rng.nextGaussian();
            }
            power[0] += power(fourier.run(d));
            power[1] += power(hadamard.reconstruct(e));
        }
        assertThat(Math.sqrt(power[1] / power[0])).isCloseTo(Math.sqrt(0.5), within(0.02));
    }

    private static double power(float[] x) {
        double sum = 0;
        for (float v : x) {
            sum += (double) v * v;
        }
        return sum;
    }
}
