package javelin.algorithms.fourierspi.cytometry;

import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.FIELD;
import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.blank;
import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.disc;
import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SegmentationTest {
    private static final int N = 128;

    private static int count(List<Cell> cells, double pitch, int n) {
        int rows = (int) (60e-6 / pitch);
        return new Segmentation(Segmentation.Config.of(FIELD))
                .segment(lines(cells, rows, n, pitch), rows, n, pitch, blank(n));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2e-6, 0.3125e-6, 1e-6, 2e-6})
    void findsEachCellAtAnyPitch(double pitch) {
        var cells = List.of(disc(10e-6, 15e-6, 9e-6), disc(28e-6, 18e-6, 8e-6));
        assertThat(count(cells, pitch, N)).isEqualTo(2);
        assertThat(count(cells, pitch, 40)).isEqualTo(2);
        assertThat(count(List.of(), pitch, N)).isZero();
    }

    @Test
    void cutsCellsThatTouch() {
        assertThat(count(List.of(disc(15e-6, 20e-6, 10e-6), disc(24.5e-6, 20e-6, 10e-6)), 4e-7, N))
                .isEqualTo(2);
        assertThat(count(List.of(disc(18e-6, 20e-6, 10e-6), disc(20e-6, 20e-6, 10e-6)), 4e-7, N))
                .as("nearly one above the other")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Threshold.class)
    void areaIsThatOfTheDisc(Threshold threshold) {
        double pixel = FIELD / N;
        var segmentation = new Segmentation(Segmentation.Config.of(FIELD).with(threshold));
        float[] image = lines(List.of(disc(20e-6, 20e-6, 12e-6)), N, N, pixel);
        assertThat(segmentation.segment(image, N, N, pixel, blank(N))).isEqualTo(1);
        int area = 0;
        for (int r = 0; r < N; r++) {
            for (int c = 0; c < N; c++) {
                area += segmentation.label(r, c);
            }
        }
        assertThat(area * pixel * pixel).isCloseTo(Math.PI * 36e-12, within(6e-12));
        assertThat(segmentation.absorbance(64, 64)).isCloseTo(0.3f, within(0.01f));
    }

    @Test
    void backgroundOfAnyShapeIsTakenOff() {
        float[] image = lines(List.of(disc(20e-6, 20e-6, 12e-6)), N, N, FIELD / N);
        float[] background = blank(N);
        for (int c = 0; c < N; c++) {
            background[c] = 1 + 0.4f * c / N;
            for (int r = 0; r < N; r++) {
                image[r * N + c] += background[c] - 1;
            }
        }
        var segmentation = new Segmentation(Segmentation.Config.of(FIELD));
        assertThat(segmentation.segment(image, N, N, FIELD / N, background)).isEqualTo(1);
        assertThat(segmentation.label(64, 64)).isEqualTo(1);
        assertThat(segmentation.label(64, 120)).isZero();
    }

    @Test
    void distancesAreThoseOfBruteForce() {
        Rng rng = Rng.seed(3);
        int rows = 13;
        int cols = 17;
        byte[] inside = new byte[(rows + 2) * (cols + 2)];
        for (int r = 1; r <= rows; r++) {
            for (int c = 1; c <= cols; c++) {
                inside[r * (cols + 2) + c] = (byte) (rng.nextDouble() < 0.9 ? 1 : 0);
            }
        }
        int[] found = new Watershed().squaredDistances(inside, rows, cols);
        for (int i = 0; i < inside.length; i++) {
            int best = Integer.MAX_VALUE;
            for (int j = 0; j < inside.length; j++) {
                int dr = i / (cols + 2) - j / (cols + 2);
                int dc = i % (cols + 2) - j % (cols + 2);
                if (inside[j] == 0) {
                    best = Math.min(best, dr * dr + dc * dc);
                }
            }
            assertThat(found[i]).as("pixel %d", i).isEqualTo(best);
        }
    }

    @Test
    void openingIsErosionAndDilationByACross() {
        Rng rng = Rng.seed(4);
        int rows = 20;
        int stride = 23;
        int pixels = (rows + 2) * stride;
        byte[] mask = new byte[Morphology.room(pixels)];
        for (int r = 1; r <= rows; r++) {
            for (int c = 1; c < stride - 1; c++) {
                mask[r * stride + c] = (byte) (rng.nextDouble() < 0.85 ? 1 : 0);
            }
        }
        byte[] eroded = new byte[mask.length];
        byte[] expected = new byte[mask.length];
        int[] cross = {0, -1, 1, -stride, stride};
        for (int i = stride; i < pixels - stride; i++) {
            eroded[i] = 1;
            for (int d : cross) {
                eroded[i] &= mask[i + d];
            }
        }
        for (int i = stride; i < pixels - stride; i++) {
            for (int d : cross) {
                expected[i] |= eroded[i + d];
            }
        }
        Morphology.open(mask, stride, stride + 1, (rows + 1) * stride - 1, new byte[mask.length]);
        assertThat(mask).isEqualTo(expected);
        assertThat(mask).contains(1);
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void rampsAreResampledExactly(Resampling method) {
        int rows = 12;
        float[] lines = new float[rows * 3];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = (float) Math.floorDiv(i, 3) * 0.5f;
        }
        for (double step : new double[] {0.37, 1, 2.25}) {
            int to = Resampling.rows(rows, step);
            float[] image = new float[(to + 2) * 5];
            new Resampler(method).absorbance(lines, rows, 3, step, new float[3], image);
            for (int r = 0; r < to; r++) {
                double at = r * step;
                double reach = method.radius() * Math.max(1, step);
                if (at >= reach && at <= rows - 1 - reach) {
                    assertThat(image[(r + 1) * 5 + 2]).isCloseTo((float) (-at / 2), within(0.1f));
                }
                if (step <= 1 && at >= reach && at <= rows - 1 - reach) {
                    assertThat(image[(r + 1) * 5 + 2]).isCloseTo((float) (-at / 2), within(1e-5f));
                }
            }
        }
    }

    @Test
    void badInputIsNamed() {
        var segmentation = new Segmentation(Segmentation.Config.of(FIELD));
        assertThatThrownBy(() -> segmentation.segment(new float[10], 4, 8, 1e-6, new float[8]))
                .hasMessageContaining("4 lines of 8 pixels need 32 numbers");
        assertThatThrownBy(() -> segmentation.segment(new float[32], 4, 8, 0, new float[8]))
                .hasMessage("segmentation: pitch must be positive, found 0.0");
    }
}
