package javelin.algorithms.fourierspi.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;

class TransformTest {
    private static List<Transform> all() {
        return List.of(
                new Cosines(Backends.cpu(), 16, 24),
                Wavelets.haar(16, 24, 3),
                Wavelets.daubechies4(16, 24, 2));
    }

    @Test
    void synthesisInvertsAnalysisAndKeepsLengths() {
        for (Transform f : all()) {
            float[] x = Pictures.noise(f.size(), 1, Rng.seed(1));
            float[] z = new float[f.size()];
            float[] back = new float[f.size()];
            f.analyse(x, z);
            f.synthesise(z, back);
            assertThat(Vectors.norm(z)).isCloseTo(Vectors.norm(x), within(1e-4));
            for (int i = 0; i < x.length; i++) {
                assertThat(back[i]).isCloseTo(x[i], within(1e-5f));
            }
        }
    }

    @Test
    void synthesisIsTheAdjointOfAnalysis() {
        for (Transform f : all()) {
            float[] x = Pictures.noise(f.size(), 1, Rng.seed(2));
            float[] z = Pictures.noise(f.size(), 1, Rng.seed(3));
            float[] xz = new float[f.size()];
            float[] zx = new float[f.size()];
            f.analyse(x, xz);
            f.synthesise(z, zx);
            assertThat(Vectors.dot(xz, z)).isCloseTo(Vectors.dot(x, zx), within(1e-4));
        }
    }

    @Test
    void constantImagesHaveCoarseCoefficientsOnly() {
        for (Transform f : all()) {
            float[] x = new float[f.size()];
            java.util.Arrays.fill(x, 1);
            float[] z = new float[f.size()];
            f.analyse(x, z);
            for (int i = 0; i < z.length; i++) {
                assertThat(Math.abs(z[i]) > 1e-5).isEqualTo(f.isCoarse(i));
            }
        }
    }

    @Test
    void daubechiesWaveletDoesNotSeeRamps() {
        Wavelets f = Wavelets.daubechies4(8, 8, 1);
        float[] x = new float[64];
        for (int i = 0; i < 64; i++) {
            x[i] = i % 8;
        }
        float[] z = new float[64];
        f.analyse(x, z);
        for (int j = 4; j < 7; j++) { // the last one sees the border
            assertThat(z[j]).isCloseTo(0, within(1e-5f));
        }
    }

    @Test
    void levelsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> Wavelets.haar(12, 16, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 levels do not fit 12×16 pixels");
    }
}
