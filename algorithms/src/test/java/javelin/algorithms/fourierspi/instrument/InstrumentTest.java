package javelin.algorithms.fourierspi.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.Complex;
import javelin.algorithms.fourierspi.Frequency;
import javelin.algorithms.fourierspi.Grid;
import javelin.algorithms.fourierspi.Pattern;
import javelin.algorithms.fourierspi.PictureScene;
import javelin.algorithms.fourierspi.SamplingOrder;
import javelin.algorithms.fourierspi.Scene;
import javelin.algorithms.fourierspi.Schedule;
import javelin.algorithms.fourierspi.Scheme;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class InstrumentTest {
    private static final InstrumentConfig IDEAL = InstrumentConfig.IDEAL;
    private static final Grid LINE = Grid.line(100);
    private static final Schedule FOUR = schedule(12, new Scheme.Steps(4));
    private static final Scene BLANK = (_, line) -> Arrays.fill(line, 1);

    private static Schedule schedule(int k, Scheme scheme) {
        return Schedule.of(LINE, SamplingOrder.LOW_1D.first(LINE, k), scheme, false);
    }

    private static double[] object() {
        Rng rng = Rng.seed(5);
        double[] o = new double[LINE.nx()];
        Arrays.setAll(o, _ -> rng.nextDouble());
        return o;
    }

    private static Scene picture(double[] o) {
        float[] pixels = new float[o.length];
        for (int i = 0; i < o.length; i++) {
            pixels[i] = (float) o[i];
        }
        return new PictureScene(pixels, o.length, 1, false);
    }

    private static double[] rounded(double[] o) {
        return Arrays.stream(o).map(v -> (float) v).toArray();
    }

    private static double[] line(InstrumentConfig config, Schedule schedule, Scene scene) {
        return new Instrument(config, schedule).record(scene, 1, 0, Rng.seed(1)).values();
    }

    @Test
    void withoutImperfectionsItIsTheMethod() {
        double[] o = rounded(object());
        for (Scheme scheme :
                List.of(
                        new Scheme.Steps(3),
                        new Scheme.Steps(4),
                        new Scheme.TwoStepsAndBase(),
                        new Scheme.Complementary())) {
            Schedule s = schedule(51, scheme);
            assertThat(line(IDEAL, s, picture(o)))
                    .containsExactly(Pattern.FULL.measure(s, o, 0), within(1e-11));
        }
    }

    @Test
    void predistortionMakesTheModulatorLinear() {
        var predistorted =
                new Modulator(
                        Modulator.Drive.PREDISTORTED,
                        1,
                        Double.POSITIVE_INFINITY,
                        0,
                        Double.POSITIVE_INFINITY,
                        0,
                        Double.POSITIVE_INFINITY);
        double[] expected = line(IDEAL, FOUR, picture(object()));
        assertThat(line(IDEAL.withModulator(predistorted), FOUR, picture(object())))
                .containsExactly(expected, within(1e-9));
        assertThat(predistorted.amplitude()).isCloseTo(0.5, within(1e-12));
    }

    /// Odd harmonics of the raw drive: four steps see the third, three steps do not.
    @Test
    void rawDriveHurtsFourStepsMoreThanThree() {
        Modulator raw = raw(1.0, 0);
        assertThat(raw.amplitude()).isCloseTo(0.4400505857, within(1e-9)); // J₁(1)
        double four = deviation(raw, schedule(12, new Scheme.Steps(4)));
        double three = deviation(raw, schedule(12, new Scheme.Steps(3)));
        assertThat(three).isLessThan(four / 20);
        assertThat(raw(1.0, 0.15).amplitude())
                .isCloseTo(0.4400505857 * Math.cos(0.15), within(1e-9));
    }

    private static Modulator raw(double depth, double bias) {
        double none = Double.POSITIVE_INFINITY;
        return new Modulator(Modulator.Drive.RAW, depth, none, bias, none, 0, none);
    }

    /// Distance to the ideal coefficients other than 0, over their norm.
    private static double deviation(Modulator m, Schedule s) {
        Scene o = picture(object());
        Complex[] ideal = s.estimate(line(IDEAL, s, o), 0.5);
        Complex[] f = s.estimate(line(IDEAL.withModulator(m), s, o), m.amplitude());
        double far = 0;
        double norm = 0;
        for (int k = 1; k < f.length; k++) {
            far += square(f[k].re() - ideal[k].re()) + square(f[k].im() - ideal[k].im());
            norm += square(ideal[k].re()) + square(ideal[k].im());
        }
        return Math.sqrt(far / norm);
    }

    @Test
    void fewerBitsOfTheGeneratorDeviateMore() {
        double none = Double.POSITIVE_INFINITY;
        double[] deviations = new double[3];
        for (int i = 0; i < 3; i++) {
            int bits = 3 + 2 * i;
            deviations[i] =
                    deviation(
                            new Modulator(Modulator.Drive.LINEAR, 1, none, 0, none, bits, none),
                            FOUR);
        }
        assertThat(deviations[0]).isGreaterThan(2 * deviations[1]);
        assertThat(deviations[1]).isGreaterThan(2 * deviations[2]);
        assertThat(deviations[2]).isLessThan(0.01);
    }

    /// First-order low-pass, with and without steps that are held.
    @Test
    void bandwidthLowersAndDelaysHighTones() {
        double bandwidth = 0.5e9;
        for (double rate : new double[] {Double.POSITIVE_INFINITY, 400e9}) {
            var m =
                    new Modulator(
                            Modulator.Drive.LINEAR,
                            1,
                            Double.POSITIVE_INFINITY,
                            0,
                            rate,
                            0,
                            bandwidth);
            var instrument = new Instrument(IDEAL.withModulator(m).withSampling(0, 4), FOUR);
            Calibration c = Calibration.of(instrument, 1, Rng.seed(1));
            for (int k = 1; k < 12; k++) {
                double ratio = k / 15e-9 / bandwidth;
                double angle = Math.atan2(c.response()[k].im(), c.response()[k].re());
                double gain = Math.hypot(c.response()[k].re(), c.response()[k].im());
                assertThat(gain).isCloseTo(1 / Math.sqrt(1 + ratio * ratio), within(5e-3));
                // Light that comes late belongs to a larger phase of the coefficient.
                assertThat(angle).isCloseTo(Math.atan(ratio), within(2e-2));
            }
        }
    }

    @Test
    void dispersionTakesContrast() {
        var instrument = new Instrument(IDEAL.withStretch(Stretch.TYPICAL), FOUR);
        Calibration c = Calibration.of(instrument, 1, Rng.seed(1));
        for (int k = 0; k < 12; k++) {
            assertThat(c.response()[k].re())
                    .isCloseTo(Stretch.TYPICAL.contrast(k / 15e-9), within(1e-9));
        }
        assertThat(Stretch.TYPICAL.contrast(1.27e9)).isCloseTo(0.9992, within(1e-4));
        assertThat(Stretch.TYPICAL.contrast(7.9e9)).isCloseTo(0, within(0.01));
    }

    @Test
    void calibrationRestoresFullSampling() {
        var m =
                new Modulator(
                        Modulator.Drive.LINEAR,
                        1,
                        Double.POSITIVE_INFINITY,
                        0,
                        Double.POSITIVE_INFINITY,
                        0,
                        5e9);
        var config =
                IDEAL.withModulator(m)
                        .withStretch(Stretch.TYPICAL)
                        .withLaser(new Laser(50e6, 0.3, 0, 0));
        for (int pixels : new int[] {64, 65}) {
            Grid grid = Grid.line(pixels);
            Schedule s =
                    Schedule.of(grid, SamplingOrder.LOW_1D.of(grid), new Scheme.Steps(4), false);
            var instrument = new Instrument(config, s);
            Calibration c = Calibration.of(instrument, 1, Rng.seed(1));
            double[] o = rounded(Arrays.copyOf(object(), pixels));
            double[] d = instrument.record(picture(o), 1, 0, Rng.seed(1)).values();
            float[] found = c.reconstruction(s, pixels).run(d);
            float[] raw =
                    javelin.algorithms.fourierspi.LineReconstruction.ideal(s, 0.5, pixels).run(d);
            double error = 0;
            double uncalibrated = 0;
            for (int i = 0; i < pixels; i++) {
                error = Math.max(error, Math.abs(found[i] - o[i]));
                uncalibrated = Math.max(uncalibrated, Math.abs(raw[i] - o[i]));
            }
            assertThat(error).isLessThan(5e-6); // 32 bits
            assertThat(uncalibrated).isGreaterThan(0.1);
        }
    }

    @Test
    void spectrumDarkensTheEnds() {
        var config = IDEAL.withLaser(new Laser(50e6, 0.3, 0, 0));
        Calibration c = Calibration.of(new Instrument(config, FOUR), 1, Rng.seed(1));
        assertThat(c.light()[0] / c.light()[50]).isCloseTo(0.3, within(0.03));
    }

    @Test
    void noiseHasTheSizesAskedFor() {
        double full = new Instrument(IDEAL, FOUR).fullScale();
        var noisy = new Detector(1e4, false, 50, 0, 0, Double.POSITIVE_INFINITY, false, 0);
        assertThat(spread(IDEAL.withDetector(noisy), 0) / full)
                .isCloseTo(50 / 1e4, within(0.05 * 50 / 1e4));
        var counting = new Detector(1e4, true, 0, 0, 0, Double.POSITIVE_INFINITY, false, 0);
        assertThat(spread(IDEAL.withDetector(counting), 0) / full).isCloseTo(0.01, within(5e-4));
        var few = new Detector(100, true, 0, 0, 0, Double.POSITIVE_INFINITY, false, 0);
        assertThat(spread(IDEAL.withDetector(few), 0) / full).isCloseTo(0.1, within(5e-3));
        var jitter = new Laser(50e6, 1, 0.02, 0);
        assertThat(spread(IDEAL.withLaser(jitter), 0) / full).isCloseTo(0.02, within(1e-3));
        var reference = new Detector(1e4, false, 0, 0, 0, Double.POSITIVE_INFINITY, true, 0);
        assertThat(spread(IDEAL.withLaser(jitter).withDetector(reference), 0) / full)
                .isLessThan(1e-6);
    }

    /// Standard deviation of one sample over many lines of a blank; sample 0 is all light.
    private static double spread(InstrumentConfig config, int sample) {
        int lines = 2000;
        Scene scene = sample == 0 ? BLANK : picture(object());
        Recording r = new Instrument(config, FOUR).record(scene, lines, 0, Rng.seed(3));
        double mean = 0;
        double square = 0;
        for (int l = 0; l < lines; l++) {
            double v = r.values()[l * r.samples() + sample];
            mean += v / lines;
            square += v * v / lines;
        }
        return Math.sqrt(Math.max(0, square - mean * mean));
    }

    @Test
    void snrIsReachedWithThermalNoise() {
        var config =
                IDEAL.withDetector(Detector.TYPICAL)
                        .withLaser(new Laser(50e6, 1, 1e-3, 0))
                        .withSampling(12, 1)
                        .withSnr(45);
        assertThat(config.snr()).isCloseTo(45, within(1e-9));
        double top = InstrumentConfig.HEADROOM * new Instrument(config, FOUR).fullScale();
        assertThat(-20 * Math.log10(spread(config, 0) / top)).isCloseTo(45, within(0.3));
        assertThatThrownBy(() -> config.withSnr(70)).hasMessageContaining("cannot be had");
    }

    @Test
    void timingErrorsGrowWithTheFrequency() {
        var config = IDEAL.withLaser(new Laser(50e6, 1, 0, 20e-12));
        double low = spread(config, 5);
        double high = spread(config, 4 * 11 + 1);
        assertThat(low).isGreaterThan(0);
        assertThat(high).isGreaterThan(3 * low);
    }

    @Test
    void ambientLightCancelsAndDriftDoesNot() {
        Scene o = picture(object());
        Complex[] ideal = FOUR.estimate(line(IDEAL, FOUR, o), 0.5);
        double none = Double.POSITIVE_INFINITY;
        var bright = new Detector(1e6, false, 0, 0.3, 0, none, false, 0);
        Complex[] f = FOUR.estimate(line(IDEAL.withDetector(bright), FOUR, o), 0.5);
        var drifting = new Detector(1e6, false, 0, 0, 1e-4, none, false, 0);
        Complex[] g = FOUR.estimate(line(IDEAL.withDetector(drifting), FOUR, o), 0.5);
        double perPulse = 1e-4 * 100;
        for (int k = 0; k < 12; k++) {
            assertThat(f[k].re()).isCloseTo(ideal[k].re(), within(1e-10));
            assertThat(f[k].im()).isCloseTo(ideal[k].im(), within(1e-10));
            assertThat(g[k].re() - ideal[k].re()).isCloseTo(-perPulse, within(1e-10));
        }
    }

    @Test
    void aSlowDetectorRemembers() {
        var slow = new Detector(1e6, false, 0, 0, 0, 20e6, false, 0);
        double[] clean = line(IDEAL, FOUR, picture(object()));
        double[] found = line(IDEAL.withDetector(slow), FOUR, picture(object()));
        double alpha = Math.exp(-2 * Math.PI * 20e6 / 50e6);
        assertThat(found[0]).isEqualTo(clean[0]);
        for (int i = 1; i < found.length; i++) {
            assertThat(found[i])
                    .isCloseTo((1 - alpha) * clean[i] + alpha * found[i - 1], within(1e-12));
        }
    }

    @Test
    void theConverterRoundsAndReportsClipping() {
        Scene o = picture(object());
        double[] clean = line(IDEAL, FOUR, o);
        Recording r = new Instrument(IDEAL.withSampling(8, 1), FOUR).record(o, 1, 0, Rng.seed(1));
        for (int i = 0; i < clean.length; i++) {
            assertThat(r.values()[i]).isCloseTo(clean[i], within(r.step() / 2 + 1e-12));
            assertThat((r.codes()[i] & 0xffff) * r.step()).isEqualTo(r.values()[i]);
        }
        assertThat(r.clipped()).isZero();
        var bright = new Detector(1e6, false, 0, 0.9, 0, Double.POSITIVE_INFINITY, false, 0);
        Recording over =
                new Instrument(IDEAL.withDetector(bright).withSampling(8, 1), FOUR)
                        .record(o, 1, 0, Rng.seed(1));
        assertThat(over.clipped()).isPositive();
    }

    /// A tilted edge with smooth rows that moves while a line is measured.
    @Test
    void rowSkewIsTakenBack() {
        Grid grid = Grid.line(128);
        Schedule s =
                Schedule.of(grid, SamplingOrder.LOW_1D.first(grid, 20), new Scheme.Steps(4), false);
        var config = IDEAL.withMotion(128e-6, 1, false, 0);
        var moving = new Instrument(config, s);
        double pitch = moving.pitch();
        Scene edge =
                (y, line) -> {
                    for (int j = 0; j < line.length; j++) {
                        double at = (double) j / line.length - 0.5 - 0.005 * (y / pitch - 20);
                        line[j] = 0.2 + 0.6 / (1 + Math.exp(at / 0.05));
                    }
                };
        int lines = 40;
        Recording skewed = moving.record(edge, lines, 0, Rng.seed(1));
        double[] ideal =
                new Instrument(config.withMotion(128e-6, 1, true, 0), s)
                        .record(edge, lines, 0, Rng.seed(1))
                        .values();
        int[] pulseOf = s.samples().stream().mapToInt(Schedule.Sample::pulse).toArray();
        double before = residual(s, skewed.values(), ideal, lines);
        double linear =
                residual(s, RowSkew.LINEAR.pulses(skewed, pulseOf, 80).values(), ideal, lines);
        double cubic =
                residual(s, RowSkew.CUBIC.pulses(skewed, pulseOf, 80).values(), ideal, lines);
        assertThat(linear).isLessThan(before / 5);
        assertThat(cubic).isLessThan(before / 100);
        Complex[][] f = new Complex[lines][];
        for (int r = 0; r < lines; r++) {
            f[r] = s.estimate(skewed.line(r), 0.5);
        }
        double[] middle = new double[20];
        Arrays.setAll(middle, k -> 4 * k + 1.5);
        Complex[][] byCoefficient = RowSkew.LINEAR.coefficients(f, middle, 80);
        double sum = 0;
        for (int r = 2; r < lines - 2; r++) {
            Complex[] wanted = s.estimate(Arrays.copyOfRange(ideal, r * 80, r * 80 + 80), 0.5);
            sum += distance(byCoefficient[r], wanted);
        }
        assertThat(Math.sqrt(sum)).isLessThan(before / 5);
    }

    private static double residual(Schedule s, double[] values, double[] ideal, int lines) {
        double sum = 0;
        for (int r = 2; r < lines - 2; r++) { // the ends are continued, not known
            int at = r * 80;
            sum +=
                    distance(
                            s.estimate(Arrays.copyOfRange(values, at, at + 80), 0.5),
                            s.estimate(Arrays.copyOfRange(ideal, at, at + 80), 0.5));
        }
        return Math.sqrt(sum);
    }

    private static double distance(Complex[] a, Complex[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += square(a[k].re() - b[k].re()) + square(a[k].im() - b[k].im());
        }
        return sum;
    }

    @Test
    void aThickLineBlursAlongTheFlow() {
        float[] steps = new float[100 * 20];
        Arrays.fill(steps, 1000, 2000, 1);
        Scene edge = new PictureScene(steps, 100, 1e-6, true);
        var thin = IDEAL.withMotion(1e-3, 1, true, 0);
        var thick = IDEAL.withMotion(1e-3, 1, true, 4e-6);
        Schedule zero = Schedule.of(LINE, List.of(new Frequency(0, 0)), new Scheme.Steps(4), false);
        double y = 9e-6;
        double sharp = new Instrument(thin, zero).record(edge, 1, y, Rng.seed(1)).values()[0];
        double soft = new Instrument(thick, zero).record(edge, 1, y, Rng.seed(1)).values()[0];
        assertThat(sharp).isLessThan(1);
        assertThat(soft).isGreaterThan(10);
    }

    @Test
    void framesFollowTheMethodToo() {
        Grid grid = new Grid(12, 10);
        for (Scheme scheme :
                List.of(
                        new Scheme.Steps(3),
                        new Scheme.TwoStepsAndBase(),
                        new Scheme.Complementary())) {
            Schedule s = Schedule.of(grid, grid.halfPlane(), scheme, false);
            double[] o = new double[120];
            float[] pixels = new float[120];
            Rng rng = Rng.seed(2);
            for (int i = 0; i < 120; i++) {
                pixels[i] = (float) rng.nextDouble();
                o[i] = pixels[i];
            }
            double[] found =
                    new FrameInstrument(IDEAL, s).record(pixels, Rng.seed(1), _ -> {}).values();
            assertThat(found).containsExactly(Pattern.FULL.measure(s, o, 0), within(1e-5));
        }
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> new Laser(-1, 1, 0, 0)).hasMessageContaining("rate");
        assertThatThrownBy(() -> IDEAL.withSampling(17, 1)).hasMessageContaining("bits");
        assertThatThrownBy(() -> IDEAL.withLaser(new Laser(100e6, 1, 0, 0)))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() ->
                        new Instrument(
                                IDEAL,
                                Schedule.of(
                                        new Grid(4, 4),
                                        List.of(new Frequency(0, 0)),
                                        new Scheme.Steps(4),
                                        false)))
                .hasMessageContaining("4 rows");
        assertThatThrownBy(() -> new PictureScene(new float[7], 2, 1, true))
                .hasMessageContaining("not rows of 2");
    }

    private static double square(double v) {
        return v * v;
    }

    @Test
    void complementaryOutputsShareTheEnergyOfTheirPulse() {
        Schedule schedule = schedule(12, new Scheme.Complementary());
        Scene scene = picture(object());
        double[] calm = line(IDEAL, schedule, scene);
        double[] rough = line(IDEAL.withLaser(new Laser(50e6, 1, 0.05, 0)), schedule, scene);
        double first = rough[0] / calm[0];
        boolean differ = false;
        for (int i = 0; i < calm.length; i += 2) {
            double gain = (rough[i] + rough[i + 1]) / (calm[i] + calm[i + 1]);
            assertThat(rough[i]).isCloseTo(gain * calm[i], within(1e-9 * calm[i] + 1e-9));
            differ |= Math.abs(gain - first) > 1e-3;
        }
        assertThat(differ).as("pulses differ").isTrue();
    }
}
