package javelin.algorithms.fourierspi.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.targets.Drawings;
import javelin.algorithms.fourierspi.targets.QrCode;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

class RecognitionTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void codesAreReadBack(int version) {
        QrCode code = QrCode.random(version, Rng.seed(version));
        assertThat(code.across()).isEqualTo(17 + 4 * version + 8);
        assertThat(QrReader.read(code.drawn(200, 200, 0, 1), 200)).contains(code.text());
        assertThat(QrReader.read(code.drawn(300, 200, 0.05f, 0.95f), 300)).contains(code.text());
    }

    @Test
    void whatIsNoCodeIsNotRead() {
        assertThat(QrReader.read(Drawings.phantom(128), 128)).isEmpty();
        assertThat(QrReader.read(new float[400], 20)).isEmpty();
    }

    @Test
    void areasOfDrawnModulesAreExact() {
        QrCode code = QrCode.random(1, Rng.seed(1));
        double modules = 0;
        for (float m : code.modules()) {
            modules += m;
        }
        for (int width : new int[] {29, 58, 100, 64}) {
            double sum = 0;
            for (float p : code.drawn(width, 33, 0, 1)) {
                sum += p;
            }
            assertThat(sum / (width * 33)).isCloseTo(modules / (29 * 29), within(1e-5));
        }
    }

    /// Values of the formula, worked out by hand: z² = 3.8415.
    @Test
    void wilsonIntervals() {
        assertThat(new Rate(0, 10).low()).isZero();
        assertThat(new Rate(0, 10).high()).isCloseTo(3.8415 / 13.8415, within(1e-4));
        assertThat(new Rate(10, 10).low()).isCloseTo(10 / 13.8415, within(1e-4));
        assertThat(new Rate(5, 10).low() + new Rate(5, 10).high()).isCloseTo(1, within(1e-12));
        assertThatThrownBy(() -> new Rate(3, 2)).hasMessageContaining("3 of 2");
    }

    @Test
    void qualityOfKnownPictures() {
        float[] truth = Drawings.naturalField(32, Rng.seed(1));
        assertThat(ImageQuality.of(truth, truth, 32).ssim()).isCloseTo(1, within(1e-9));
        float[] half = new float[1024];
        float[] more = new float[1024];
        Arrays.fill(half, 0.5f);
        Arrays.fill(more, 0.6f);
        var q = ImageQuality.of(more, half, 32);
        assertThat(q.psnr()).isCloseTo(20, within(1e-4));
        assertThat(q.rmse()).isCloseTo(0.1, within(1e-6));
        double luminance = (2 * 0.3 + 1e-4) / (0.25 + 0.36 + 1e-4);
        assertThat(q.ssim()).isCloseTo(luminance, within(1e-5));
    }

    /// A window as large as the picture lets it be: for even light it is the light that counts.
    @Test
    void smallPicturesHaveASimilarityToo() {
        for (int[] size : new int[][] {{1, 1}, {5, 5}, {40, 1}, {1, 40}, {40, 7}, {10, 40}}) {
            float[] half = new float[size[0] * size[1]];
            float[] more = half.clone();
            Arrays.fill(half, 0.5f);
            Arrays.fill(more, 0.6f);
            double luminance = (2 * 0.3 + 1e-4) / (0.25 + 0.36 + 1e-4);
            assertThat(ImageQuality.of(more, half, size[0]).ssim())
                    .isCloseTo(luminance, within(1e-5));
            assertThat(ImageQuality.of(half, half, size[0]).ssim()).isCloseTo(1, within(1e-9));
        }
        float[] truth = Drawings.naturalField(32, Rng.seed(1));
        float[] rows = Arrays.copyOf(truth, 7 * 32);
        float[] other = Arrays.copyOfRange(truth, 9 * 32, 16 * 32);
        assertThat(ImageQuality.of(other, rows, 32).ssim()).isBetween(-1.0, 0.9);
    }

    /// Straight slopes stay what they are, away from the ends.
    @Test
    void resamplingKeepsSlopes() {
        float[] lines = new float[10 * 3];
        for (int i = 0; i < 30; i++) {
            lines[i] = 2 * (i / 3) + i % 3;
        }
        float[] y = QrReader.resampled(lines, 3, 4);
        for (int r = 12; r < 28; r++) {
            for (int c = 0; c < 3; c++) {
                float place = (r + 0.5f) / 4 - 0.5f;
                assertThat(y[r * 3 + c]).isCloseTo(2 * place + c, within(1e-5f));
            }
        }
    }

    @Test
    void stretchingUsesPercentiles() {
        float[] ramp = new float[1000];
        for (int i = 0; i < 1000; i++) {
            ramp[i] = 3 + i;
        }
        float[] y = QrReader.stretched(ramp);
        assertThat(y[0]).isZero();
        assertThat(y[999]).isEqualTo(1);
        assertThat(y[500]).isCloseTo(0.5f, within(0.01f));
    }
}
