package javelin.algorithms.fourierspi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Statistics and systematic errors of the estimators.
class EstimatorTest {
    private static final Grid GRID = Grid.line(32);
    private static final Frequency F = new Frequency(3, 0);

    /// `√(2/S)·σ/b`, but 2 times four steps with a shared base, and unequal for quarter steps.
    @Test
    void noiseOfCoefficients() {
        double[] four = spread(new Scheme.Steps(4));
        double[] three = spread(new Scheme.Steps(3));
        double[] base = spread(new Scheme.TwoStepsAndBase());
        double[] quarter = spread(new Scheme.QuarterSteps());
        assertThat(four[0]).isCloseTo(Math.sqrt(0.5) / 0.5, within(0.03));
        assertThat(three[0] / four[0]).isCloseTo(Math.sqrt(4 / 3.0), within(0.03));
        assertThat(three[1] / four[1]).isCloseTo(Math.sqrt(4 / 3.0), within(0.03));
        assertThat(base[0] / four[0]).isCloseTo(2, within(0.06));
        assertThat(quarter[0] * quarter[0] / 4).isCloseTo(0.5, within(0.03));
        assertThat(quarter[1] * quarter[1] / 4).isCloseTo(1.5, within(0.09));
    }

    /// Standard deviations of the real and the imaginary part for a noise of 1.
    private static double[] spread(Scheme scheme) {
        Schedule s = Schedule.of(GRID, List.of(F), scheme, false);
        Rng rng = Rng.seed(4);
        double re = 0;
        double im = 0;
        int trials = 10_000;
        for (int t = 0; t < trials; t++) {
            Complex f = s.estimate(noise(s.samples().size(), rng), 0.5)[0];
            re += f.re() * f.re() / trials;
            im += f.im() * f.im() / trials;
        }
        return new double[] {Math.sqrt(re), Math.sqrt(im)};
    }

    private static double[] noise(int n, Rng rng) {
        double[] d = new double[n];
        java.util.Arrays.setAll(d, _ -> rng.nextGaussian());
        return d;
    }

    /// `2σ/(bP)·√(n/S)`, with `n` coefficients over the full spectrum.
    @Test
    void noiseOfPixels() {
        for (int steps : new int[] {3, 4}) {
            Schedule s =
                    Schedule.of(
                            GRID,
                            SamplingOrder.LOW_1D.first(GRID, 6),
                            new Scheme.Steps(steps),
                            false);
            Rng rng = Rng.seed(8);
            double power = 0;
            int trials = 1500;
            for (int t = 0; t < trials; t++) {
                Complex[] f = s.estimate(noise(s.samples().size(), rng), 0.5);
                for (double v : Reconstruction.direct(GRID, s.frequencies(), f)) {
                    power += v * v / (32.0 * trials);
                }
            }
            double expected = 2 / (0.5 * 32) * Math.sqrt(11.0 / steps);
            assertThat(Math.sqrt(power)).isCloseTo(expected, within(0.03 * expected));
        }
    }

    /// An h-th harmonic is seen only if `h ≡ ±1 (mod S)`: then as `F[hk]` or its conjugate.
    @Test
    void harmonicsLeakByTheRule() {
        double[] o = noise(32, Rng.seed(5));
        Schedule whole = Schedule.of(GRID, GRID.halfPlane(), new Scheme.Steps(4), false);
        Complex[] spectrum = whole.estimate(Pattern.FULL.measure(whole, o, 0), 0.5);
        double strength = 0.1;
        for (int steps = 3; steps <= 5; steps++) {
            for (int h = 2; h <= 6; h++) {
                var scheme = new Scheme.Steps(steps);
                Schedule s = Schedule.of(GRID, List.of(new Frequency(2, 0)), scheme, false);
                double[] d = new double[steps];
                for (int i = 0; i < steps; i++) {
                    double phase = scheme.phases()[s.samples().get(i).phase()];
                    for (int x = 0; x < 32; x++) {
                        double psi = 2 * Math.PI * 2 * x / 32 + phase;
                        double light = 0.5 + 0.5 * Math.cos(psi) + strength * Math.cos(h * psi);
                        d[i] += light * o[x];
                    }
                }
                Complex f = s.estimate(d, 0.5)[0];
                Complex leak = spectrum[2 * h];
                double sign = h % steps == 1 ? 1 : h % steps == steps - 1 ? -1 : 0;
                double gain = strength / 0.5;
                assertThat(f.re() - spectrum[2].re())
                        .isCloseTo(Math.abs(sign) * gain * leak.re(), within(1e-10));
                assertThat(f.im() - spectrum[2].im())
                        .isCloseTo(sign * gain * leak.im(), within(1e-10));
            }
        }
    }

    @Test
    void constantLightCancelsAndTheMeanKeepsIt() {
        double[] o = noise(32, Rng.seed(6));
        Schedule s =
                Schedule.of(GRID, SamplingOrder.LOW_1D.first(GRID, 9), new Scheme.Steps(3), false);
        double sum = java.util.Arrays.stream(o).sum();
        double[] dark = Pattern.FULL.measure(s, o, 0);
        double[] bright = Pattern.FULL.measure(s, o, 4);
        for (int k = 0; k < 9; k++) {
            assertThat(s.estimate(bright, 0.5)[k].re())
                    .isCloseTo(s.estimate(dark, 0.5)[k].re(), within(1e-12));
        }
        assertThat(s.zeroFromMean(dark, 0.5, 0)).isCloseTo(sum, within(1e-12));
        assertThat(s.zeroFromMean(bright, 0.5, 0)).isCloseTo(sum + 8, within(1e-12));
        assertThat(s.zeroFromMean(bright, 0.5, 4)).isCloseTo(sum, within(1e-12));
        Schedule base =
                Schedule.of(
                        GRID,
                        SamplingOrder.LOW_1D.of(GRID).subList(1, 17),
                        new Scheme.TwoStepsAndBase(),
                        true);
        assertThat(base.pulses()).isEqualTo(32); // as many as pixels: frequency 0 costs none
        double[] lit = Pattern.FULL.measure(base, o, 4);
        assertThat(base.zeroFromMean(lit, 0.5, 4)).isCloseTo(sum, within(1e-12));
        assertThatThrownBy(() -> s.zeroFromMean(new double[3], 0.5, 0))
                .hasMessageContaining("has 27 samples, the measurement 3");
        Schedule quarter = Schedule.of(GRID, List.of(F), new Scheme.QuarterSteps(), false);
        assertThatThrownBy(() -> quarter.zeroFromMean(new double[3], 0.5, 0))
                .hasMessageContaining("equal angles");
    }

    /// Measuring `−f` gives the conjugate.
    @Test
    void negativeFrequenciesAreConjugates() {
        Grid grid = new Grid(6, 5);
        double[] o = noise(30, Rng.seed(7));
        double[] there = new double[4];
        double[] back = new double[4];
        var scheme = new Scheme.Steps(4);
        for (int s = 0; s < 4; s++) {
            double[] p = Pattern.FULL.levels(grid, new Frequency(2, 1), scheme.phases()[s]);
            double[] q = Pattern.FULL.levels(grid, new Frequency(-2, -1), scheme.phases()[s]);
            for (int i = 0; i < 30; i++) {
                there[s] += p[i] * o[i];
                back[s] += q[i] * o[i];
            }
        }
        Complex f = scheme.estimate(there, 0, 0.5);
        Complex g = scheme.estimate(back, 0, 0.5);
        assertThat(g.re()).isCloseTo(f.re(), within(1e-12));
        assertThat(g.im()).isCloseTo(-f.im(), within(1e-12));
    }
}
