package javelin.algorithms.fourierspi.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.PictureScene;
import javelin.algorithms.fourierspi.Reconstruction;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Scene;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/// Imperfections one at a time: each changes the coefficients, and in the direction it must.
class EffectsTest {
    private static final InstrumentConfig IDEAL = InstrumentConfig.IDEAL;
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final Grid LINE = Grid.line(100);

    private static Schedule schedule(Grid grid, int k, int steps) {
        return Schedule.of(
                grid, SamplingOrder.LOW_1D.first(grid, k), new Scheme.Steps(steps), false);
    }

    private static Scene picture(int pixels) {
        Rng rng = Rng.seed(5);
        float[] o = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            o[i] = (float) rng.nextDouble();
        }
        return new PictureScene(o, pixels, 1, false);
    }

    private static Complex[] coefficients(InstrumentConfig config, Schedule s, double b) {
        double[] d =
                new Instrument(config, s).record(picture(LINE.nx()), 1, 0, Rng.seed(1)).values();
        return s.estimate(d, b);
    }

    private static double distance(Complex[] f, Complex[] g) {
        double far = 0;
        double norm = 0;
        for (int k = 1; k < f.length; k++) {
            far += square(f[k].re() - g[k].re()) + square(f[k].im() - g[k].im());
            norm += square(g[k].re()) + square(g[k].im());
        }
        return Math.sqrt(far / norm);
    }

    private static double square(double v) {
        return v * v;
    }

    /// What the modulator cannot switch off takes contrast: `V = (ε − 1)/(ε + 1)`.
    @Test
    void extinctionTakesContrast() {
        Schedule s = schedule(LINE, 12, 4);
        Complex[] ideal = coefficients(IDEAL, s, 0.5);
        for (double decibels : new double[] {25, 10}) {
            var m = new Modulator(Modulator.Drive.PREDISTORTED, 1, decibels, 0, NONE, 0, NONE);
            double ratio = Math.pow(10, decibels / 10);
            double contrast = (ratio - 1) / (ratio + 1);
            assertThat(m.amplitude()).isCloseTo(contrast / 2, within(1e-12));
            Complex[] f = coefficients(IDEAL.withModulator(m), s, 0.5);
            for (int k = 0; k < 12; k++) {
                assertThat(f[k].re()).isCloseTo(contrast * ideal[k].re(), within(1e-9));
                assertThat(f[k].im()).isCloseTo(contrast * ideal[k].im(), within(1e-9));
            }
        }
    }

    /// A bias error of a predistorted modulator adds even harmonics only, `sin θ·|sin ψ|`, to which
    /// four phases are blind; three take the second for the first.
    @Test
    void biasErrorHurtsThreeStepsAndNotFour() {
        var m = new Modulator(Modulator.Drive.PREDISTORTED, 1, NONE, 0.15, NONE, 0, NONE);
        assertThat(m.amplitude()).isCloseTo(Math.cos(0.15) / 2, within(1e-12));
        double[] far = new double[2];
        for (int steps = 3; steps <= 4; steps++) {
            Schedule s = schedule(LINE, 12, steps);
            far[steps - 3] =
                    distance(
                            coefficients(IDEAL.withModulator(m), s, m.amplitude()),
                            coefficients(IDEAL, s, 0.5));
        }
        assertThat(far[0]).isGreaterThan(0.02);
        assertThat(far[1]).isLessThan(1e-9);
    }

    /// Steps that the generator holds come late by half their length, the more the fewer there are.
    @Test
    void fewerSamplesOfTheGeneratorDeviateMore() {
        Schedule s = schedule(LINE, 12, 4);
        Complex[] ideal = coefficients(IDEAL, s, 0.5);
        double before = 0;
        for (double rate : new double[] {320e9, 80e9, 20e9}) {
            var m = new Modulator(Modulator.Drive.LINEAR, 1, NONE, 0, rate, 0, NONE);
            double far = distance(coefficients(IDEAL.withModulator(m), s, 0.5), ideal);
            assertThat(far).isGreaterThan(2 * before).isGreaterThan(1e-3);
            before = far;
        }
    }

    /// A super-Gaussian spectrum is flat in the middle, and its ends are those of a Gaussian one.
    @Test
    void theSpectrumMayBeFlatter() {
        var gauss = new Laser(50e6, 0.3, 0, 0);
        var flat = new Laser(50e6, 0.3, 6, 0, 0);
        assertThat(flat.envelope(0)).isCloseTo(gauss.envelope(0), within(1e-12));
        assertThat(flat.envelope(0.5)).isEqualTo(1);
        assertThat(gauss.envelope(0.25)).isCloseTo(Math.pow(0.3, 0.25), within(1e-12));
        assertThat(flat.envelope(0.25)).isCloseTo(Math.pow(0.3, 1 / 64.0), within(1e-12));
    }

    /// A pixel has a width: over its sub-pixels high frequencies average out.
    @Test
    void subpixelsTakeContrastOfHighFrequencies() {
        Schedule s = schedule(LINE, 51, 4);
        Complex[] points = coefficients(IDEAL, s, 0.5);
        Complex[] areas = coefficients(IDEAL.withSampling(0, 4), s, 0.5);
        for (int k : new int[] {0, 10, 49}) {
            double half = Math.PI * k / 100;
            double seen = k == 0 ? 1 : Math.sin(half) / (4 * Math.sin(half / 4));
            double found = Math.hypot(areas[k].re(), areas[k].im());
            double all = Math.hypot(points[k].re(), points[k].im());
            assertThat(found / all).isCloseTo(seen, within(1e-9));
        }
    }

    /// A reference removes the jitter of the pulses, but for its own noise.
    @Test
    void aNoisyReferenceAddsItsNoise() {
        Schedule s = schedule(LINE, 12, 4);
        Complex[] ideal = coefficients(IDEAL, s, 0.5);
        InstrumentConfig jitter = IDEAL.withLaser(new Laser(50e6, 1, 0.02, 0));
        double alone = distance(coefficients(jitter, s, 0.5), ideal);
        double[] far = new double[2];
        for (int i = 0; i < 2; i++) {
            var d = new Detector(1e6, false, 0, 0, 0, NONE, true, i * 0.002);
            far[i] = distance(coefficients(jitter.withDetector(d), s, 0.5), ideal);
        }
        assertThat(far[0]).isLessThan(1e-9);
        assertThat(far[1]).isGreaterThan(alone / 100).isLessThan(alone / 3);
    }

    /// Known contrast and phase of each frequency are found at a slit and taken back: in 64 bits
    /// full sampling gives the object to 10⁻⁶ again.
    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void calibrationRestoresFullSamplingTo1e6(int pixels) {
        var slow = new Modulator(Modulator.Drive.LINEAR, 1, NONE, 0, NONE, 0, 5e9);
        InstrumentConfig config =
                IDEAL.withModulator(slow)
                        .withStretch(Stretch.TYPICAL)
                        .withLaser(new Laser(50e6, 0.3, 0, 0));
        Grid grid = Grid.line(pixels);
        Schedule s = schedule(grid, pixels / 2 + 1, 4);
        var instrument = new Instrument(config, s);
        Calibration c = Calibration.of(instrument, 1, Rng.seed(1));
        double[] o = new double[pixels];
        picture(pixels).row(0, o);
        double[] image = corrected(instrument, picture(pixels), c);
        double[] blank = corrected(instrument, (_, line) -> Arrays.fill(line, 1), c);
        for (int i = 0; i < pixels; i++) {
            assertThat(image[i] / blank[i]).isCloseTo(o[i], within(1e-6));
        }
    }

    private static double[] corrected(Instrument instrument, Scene scene, Calibration c) {
        Schedule s = instrument.schedule();
        Complex[] f = s.estimate(instrument.record(scene, 1, 0, Rng.seed(1)).values(), 0.5);
        for (int k = 0; k < f.length; k++) {
            Complex r = c.response()[k];
            double power = square(r.re()) + square(r.im());
            f[k] =
                    new Complex(
                            (f[k].re() * r.re() + f[k].im() * r.im()) / power,
                            (f[k].im() * r.re() - f[k].re() * r.im()) / power);
        }
        return Reconstruction.direct(s.grid(), s.frequencies(), f);
    }
}
