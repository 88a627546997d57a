package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.stream.IntStream;

class HadamardTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256})
    void transformAgreesWithTheMatrix(int n) {
        float[] x = Pictures.noise(n, 1, Rng.seed(n));
        float[] y = x.clone();
        WalshHadamard.transform(y);
        for (int k = 0; k < n; k++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Integer.bitCount(k & j) % 2 == 0 ? x[j] : -x[j];
            }
            assertThat(y[k]).isCloseTo((float) sum, within(1e-4f));
        }
    }

    /// Every loop for a distance between levels has a length here that needs it.
    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096, 8192, 32768})
    void unitVectorsGiveColumnsOfTheMatrix(int n) {
        for (int j : new int[] {0, 1, n / 2, n - 1, 0x2d5a % n, 0x5aa5 % n}) {
            float[] x = new float[n];
            x[j] = 1;
            WalshHadamard.transform(x);
            for (int k = 0; k < n; k++) {
                if (x[k] != 1 - 2 * (Integer.bitCount(k & j) % 2)) {
                    throw new AssertionError("column " + j + ", row " + k + " is " + x[k]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void sequencyCountsSignChanges(int n) {
        for (int k = 0; k < n; k++) {
            int changes = 0;
            for (int j = 1; j < n; j++) {
                changes += (Integer.bitCount(k & j) + Integer.bitCount(k & (j - 1))) % 2;
            }
            assertThat(WalshHadamard.sequency(k, n)).isEqualTo(changes);
        }
    }

    @ParameterizedTest
    @EnumSource(HadamardOrder.class)
    void ordersArePermutations(HadamardOrder order) {
        int[] rows = order.rows(8, 16);
        assertThat(rows[0]).isZero();
        Arrays.sort(rows);
        assertThat(rows).isEqualTo(IntStream.range(0, 128).toArray());
    }

    @Test
    void cakeCuttingSortsByConnectedPieces() {
        int size = 8;
        int before = 0;
        for (int row : HadamardOrder.CAKE_CUTTING.rows(size, size)) {
            int pieces = pieces(row, size);
            assertThat(pieces).isGreaterThanOrEqualTo(before);
            before = pieces;
        }
    }

    @Test
    void russianDollsHoldCoarserBasesAsPrefixes() {
        int size = 16;
        int[] rows = HadamardOrder.RUSSIAN_DOLLS.rows(size, size);
        for (int blocks = 1; blocks <= size; blocks *= 2) {
            int block = size / blocks;
            for (int i = 0; i < blocks * blocks; i++) {
                for (int j = 0; j < size * size; j++) {
                    int corner = j / size / block * block * size + j % size / block * block;
                    assertThat(sign(rows[i], j)).isEqualTo(sign(rows[i], corner));
                }
            }
        }
        for (int i = size * size / 4; i < size * size / 2; i++) { // third quarter: transposes
            int transposed = rows[i] % size * size + rows[i] / size;
            assertThat(Arrays.copyOfRange(rows, size * size / 2, 3 * size * size / 4))
                    .contains(transposed);
        }
    }

    @ParameterizedTest
    @EnumSource(HadamardOrder.class)
    void allPulsesGiveTheImageWhateverTheConstantLight(HadamardOrder order) {
        float[] image = Pictures.cells(16, 3);
        var imaging = new HadamardImaging(16, 16, order, 256);
        float[] energies = new float[imaging.pulses()];
        for (int i = 0; i < energies.length; i++) {
            energies[i] = (float) Vectors.dot(imaging.pattern(i), image);
            assertThat(energies[i]).isCloseTo(imaging.measure(image)[i], within(1e-4f));
            energies[i] += 7;
        }
        assertThat(energies).hasSize(512);
        float[] result = imaging.reconstruct(energies);
        for (int i = 0; i < image.length; i++) {
            assertThat(result[i]).isCloseTo(image[i], within(1e-5f));
        }
    }

    @Test
    void noiseOfAPixelIsThatOfAPulseTimesRootTwoOverPixels() {
        int pixels = 32 * 32;
        double sigma = 0.4;
        var imaging = new HadamardImaging(32, 32, HadamardOrder.NATURAL, pixels);
        Rng rng = Rng.seed(11);
        double sum = 0;
        int trials = 20;
        for (int i = 0; i < trials; i++) {
            float[] noise = imaging.reconstruct(Pictures.noise(2 * pixels, sigma, rng));
            sum += Vectors.dot(noise, noise) / pixels / trials;
        }
        double wanted = sigma * Math.sqrt(2.0 / pixels);
        assertThat(Math.sqrt(sum)).isCloseTo(wanted, within(0.03 * wanted));
    }

    @Test
    void fewerPatternsGiveTheProjectionOnThem() {
        float[] image = Pictures.cells(32, 5);
        double before = 0;
        for (int patterns : new int[] {64, 256, 1024}) {
            var imaging = new HadamardImaging(32, 32, HadamardOrder.CAKE_CUTTING, patterns);
            double psnr = FairTiming.psnr(imaging.reconstruct(imaging.measure(image)), image);
            assertThat(psnr).isGreaterThan(before + 1);
            before = psnr;
        }
    }

    @Test
    void solvesInOneStepAndDetectsWithNoise() {
        float[] image = Pictures.cells(16, 3);
        var imaging = new HadamardImaging(16, 16, HadamardOrder.SEQUENCY, 256);
        float[] clean = imaging.detect(image, Noise.NONE, Rng.seed(1));
        assertThat(clean).isEqualTo(imaging.measure(image));
        var solution = imaging.solve(clean);
        assertThat(solution.iterations()).isOne();
        assertThat(FairTiming.psnr(solution.image(), image)).isGreaterThan(100);
        // σ·√(2/P) per pixel, in units of the light of a pixel: σ is a share of P pixels.
        double sigma = 1e-3;
        double sum = 0;
        for (int trial = 0; trial < 20; trial++) {
            float[] d = imaging.detect(image, new Noise(sigma, 0), Rng.seed(trial));
            float[] x = imaging.solve(d).image();
            for (int i = 0; i < x.length; i++) {
                sum += Math.pow(x[i] - image[i], 2) / (20.0 * x.length);
            }
        }
        double wanted = sigma * 256 * Math.sqrt(2 / 256.0);
        assertThat(Math.sqrt(sum) / wanted).isCloseTo(1, within(0.05));
    }

    @Test
    void badSizesAreNamed() {
        assertThatThrownBy(() -> new HadamardImaging(12, 16, HadamardOrder.NATURAL, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 is no power of two");
        assertThatThrownBy(() -> new HadamardImaging(4, 4, HadamardOrder.NATURAL, 17))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("17 rows do not suit 16 pixels");
    }

    private static int sign(int row, int j) {
        return Integer.bitCount(row & j) % 2;
    }

    /// Connected regions of equal sign, counted by filling.
    private static int pieces(int row, int size) {
        boolean[] seen = new boolean[size * size];
        int pieces = 0;
        for (int start = 0; start < seen.length; start++) {
            if (!seen[start]) {
                pieces++;
                fill(row, start, size, seen);
            }
        }
        return pieces;
    }

    private static void fill(int row, int j, int size, boolean[] seen) {
        seen[j] = true;
        int[] neighbours = {
            j % size > 0 ? j - 1 : j,
            j % size < size - 1 ? j + 1 : j,
            j >= size ? j - size : j,
            j < size * (size - 1) ? j + size : j
        };
        for (int k : neighbours) {
            if (!seen[k] && sign(row, k) == sign(row, j)) {
                fill(row, k, size, seen);
            }
        }
    }
}
