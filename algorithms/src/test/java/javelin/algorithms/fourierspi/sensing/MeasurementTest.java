package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

class MeasurementTest {
    private static final int ROWS = 37;
    private static final int COLUMNS = 256;

    private static List<Measurement> all() {
        return List.of(
                DenseMeasurement.bernoulli(Backends.cpu(), ROWS, COLUMNS, Rng.seed(1)),
                DenseMeasurement.prbs(Backends.cpu(), ROWS, COLUMNS, Prbs.prbs15(2)),
                DenseMeasurement.prbs(Backends.cpu(), ROWS, COLUMNS, Prbs.prbs31(3)),
                new WalshMeasurement(ROWS, COLUMNS, Rng.seed(4)));
    }

    @Test
    void adjointIsAdjoint() {
        for (Measurement a : all()) {
            float[] x = Pictures.noise(COLUMNS, 1, Rng.seed(5));
            float[] y = Pictures.noise(ROWS, 1, Rng.seed(6));
            float[] back = new float[COLUMNS];
            a.adjoint(y, back);
            assertThat(Vectors.dot(Pictures.measure(a, x), y))
                    .isCloseTo(Vectors.dot(x, back), within(1e-3));
        }
    }

    @Test
    void entriesAreSigns() {
        for (Measurement a : all()) {
            for (float v : a.matrix()) {
                assertThat(Math.abs(v)).isEqualTo(1);
            }
        }
    }

    @Test
    void rowsOfTheStructuredMatrixAreOrthogonal() {
        float[] a = new WalshMeasurement(ROWS, COLUMNS, Rng.seed(7)).matrix();
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k < ROWS; k++) {
                double sum = 0;
                for (int j = 0; j < COLUMNS; j++) {
                    sum += a[i * COLUMNS + j] * a[k * COLUMNS + j];
                }
                assertThat(sum).isEqualTo(i == k ? COLUMNS : 0);
            }
        }
    }

    @Test
    void powerIterationFindsTheLargestEigenvalue() {
        Measurement a = new WalshMeasurement(ROWS, COLUMNS, Rng.seed(8));
        float[] matrix = a.matrix();
        Measurement dense = new DenseMeasurement(Backends.cpu(), ROWS, COLUMNS, matrix);
        assertThat(dense.largestEigenvalue(1e-4)).isCloseTo(COLUMNS, within(0.1));
        for (int j = 0; j < COLUMNS; j++) {
            matrix[j] *= 3; // now one singular value is three times as large
        }
        dense = new DenseMeasurement(Backends.cpu(), ROWS, COLUMNS, matrix);
        assertThat(dense.largestEigenvalue(1e-6)).isCloseTo(9 * COLUMNS, within(1.0));
    }

    @Test
    void prbs15RepeatsAfterItsPeriodOnlyAndIsBalanced() {
        Prbs sequence = Prbs.prbs15(99);
        var windows = new BitSet(1 << 15);
        int window = 0;
        int ones = 0;
        for (int i = 0; i < 15; i++) {
            window = window << 1 | sequence.next();
        }
        int first = window;
        for (int i = 0; i < sequence.period(); i++) {
            assertThat(windows.get(window)).as("window %d at %d", window, i).isFalse();
            windows.set(window);
            int chip = sequence.next();
            ones += chip;
            window = (window << 1 | chip) & sequence.period();
        }
        assertThat(window).isEqualTo(first);
        assertThat(ones).isEqualTo(1 << 14);
        assertThat(sequence.period()).isEqualTo(32767);
    }

    @Test
    void prbs31FollowsItsRecurrence() {
        Prbs sequence = Prbs.prbs31(12345);
        int[] chips = new int[500];
        for (int i = 0; i < chips.length; i++) {
            chips[i] = sequence.next();
        }
        for (int i = 31; i < chips.length; i++) {
            assertThat(chips[i]).isEqualTo(chips[i - 31] ^ chips[i - 28]);
        }
        assertThat(sequence.period()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void pulsesOfLightGiveSignedMeasurements() {
        Measurement a = all().getFirst();
        float[] image = Pictures.noise(COLUMNS, 1, Rng.seed(9));
        float on = 0;
        for (float v : image) {
            on += v;
        }
        float[] y = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            float[] pattern = Pulses.pattern(a, i);
            for (float v : pattern) {
                assertThat(v == 0 || v == 1).isTrue();
            }
            y[i] = (float) Vectors.dot(pattern, image);
        }
        float[] signed = Pulses.toSigned(y, on);
        float[] wanted = Pictures.measure(a, image);
        for (int i = 0; i < ROWS; i++) {
            assertThat(signed[i]).isCloseTo(wanted[i], within(1e-4f));
        }
    }

    @Test
    void badSizesAndNumbersAreNamed() {
        var cpu = Backends.cpu();
        assertThatThrownBy(() -> DenseMeasurement.bernoulli(cpu, 9, 8, Rng.seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 rows do not suit 8 pixels");
        assertThatThrownBy(() -> new WalshMeasurement(3, 12, Rng.seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 is no power of two");
        assertThatThrownBy(() -> Pulses.toSigned(new float[] {1, Float.NaN}, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value 1 is NaN");
        assertThatThrownBy(
                        () -> new DenseMeasurement(Backends.reference(), 1, 2, new float[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reference");
    }

    @Test
    void paddedEntriesAreSignsAndAdjoint() {
        Measurement a = WalshMeasurement.padded(7, 50, Rng.seed(20));
        assertThat(a.columns()).isEqualTo(50);
        for (float v : a.matrix()) {
            assertThat(Math.abs(v)).isEqualTo(1);
        }
        float[] x = Pictures.noise(50, 1, Rng.seed(21));
        float[] y = Pictures.noise(7, 1, Rng.seed(22));
        float[] back = new float[50];
        a.adjoint(y, back);
        assertThat(Vectors.dot(Pictures.measure(a, x), y))
                .isCloseTo(Vectors.dot(x, back), within(1e-4));
        assertThat(a.largestEigenvalue(0)).isEqualTo(64);
        Measurement whole = WalshMeasurement.padded(7, 64, Rng.seed(23));
        assertThat(whole.matrix()).isEqualTo(new WalshMeasurement(7, 64, Rng.seed(23)).matrix());
    }

    @Test
    void blockMeasuresEachLine() {
        Measurement a = new WalshMeasurement(5, 16, Rng.seed(24));
        Measurement block = new BlockMeasurement(a, 3);
        float[] x = Pictures.noise(48, 1, Rng.seed(25));
        float[] all = Pictures.measure(block, x);
        float[] second = Pictures.measure(a, java.util.Arrays.copyOfRange(x, 16, 32));
        assertThat(java.util.Arrays.copyOfRange(all, 5, 10)).isEqualTo(second);
        float[] y = Pictures.noise(15, 1, Rng.seed(26));
        float[] back = new float[48];
        block.adjoint(y, back);
        assertThat(Vectors.dot(all, y)).isCloseTo(Vectors.dot(x, back), within(1e-4));
    }

    @Test
    void detectedPulsesAreTheSignedMeasurementAndNoiseHasItsSize() {
        Measurement a = new WalshMeasurement(200, 256, Rng.seed(27));
        float[] x = Pictures.cells(16, 1);
        float[] clean = Pictures.measure(a, x);
        float[] b = Pulses.detect(a, x, Noise.NONE, Rng.seed(28));
        for (int i = 0; i < b.length; i++) {
            assertThat(b[i]).isCloseTo(clean[i], within(1e-3f));
        }
        // Of b = 2y − y_on, what rows do not share has twice the deviation of a pulse.
        double sigma = 0.01;
        float[] noisy = Pulses.detect(a, x, new Noise(sigma, 0), Rng.seed(29));
        double mean = 0;
        for (int i = 0; i < b.length; i++) {
            mean += (noisy[i] - clean[i]) / (double) b.length;
        }
        double variance = 0;
        for (int i = 0; i < b.length; i++) {
            double d = noisy[i] - clean[i] - mean;
            variance += d * d / (b.length - 1);
        }
        assertThat(Math.sqrt(variance)).isCloseTo(2 * sigma * 256, within(0.15 * 2 * sigma * 256));
        assertThatThrownBy(() -> Pulses.detect(a, new float[300], Noise.NONE, Rng.seed(1)))
                .hasMessageContaining("300 values where 256 belong");
        assertThatThrownBy(() -> Pulses.detect(a, x, new Noise(-1, 0), Rng.seed(1)))
                .hasMessageContaining("sigma must be a number of 0 or more");
    }
}
