package javelin.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.HostBuffer;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Workers;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/// Filter gradients of many channels, with fewer and more tiles than are transformed at a time; the
/// table of kernels holds one case for all at once.
class WinogradPairsTest {
    private static final int CHANNELS = 32;

    @Test
    void tapsOfSomeTilesAddUp() {
        assumeTrue(Simd.isAvailable(), "without vectors there is no such way");
        View x = random(1);
        View dy = random(2);
        float[] whole = gradient(x, dy, WinogradPairsSimd.MOST_ELEMENTS);

        for (int tiles = 1; tiles <= 5; tiles += 2) {
            float[] parts = gradient(x, dy, tiles * 36 * 4 * CHANNELS);

            assertThat(parts).usingComparatorWithPrecision(1e-4f).containsExactly(whole);
        }
        assertThat(whole[0]).isCloseTo(first(x, dy), within(1e-4f));
    }

    private static float[] gradient(View x, View dy, int elements) {
        View dw = zeros(Shape.of(3, 3, CHANNELS, CHANNELS));
        var inputs = new Patches(x, 6, 4, 4, 1, 1, 2, 3);
        var cotangents = new Patches(dy, 4, 4, 4, 0, 0, 2, 3);
        WinogradPairsSimd.run(inputs, cotangents, 6, dw, elements, new Workers(1));
        return dw.floats();
    }

    /// Gradient of the first tap between the first two channels: pixels one row and one column
    /// apart.
    private static float first(View x, View dy) {
        double sum = 0;
        for (int p = 1; p < 7; p++) {
            for (int q = 1; q < 10; q++) {
                int at = (p * 10 + q) * CHANNELS;
                sum += (double) x.floats()[at - 11 * CHANNELS] * dy.floats()[at];
            }
        }
        return (float) sum;
    }

    private static View random(int seed) {
        View view = zeros(Shape.of(1, 7, 10, CHANNELS));
        var random = new SplittableRandom(seed);
        for (int i = 0; i < view.length(); i++) {
            view.floats()[i] = (float) random.nextDouble(-1, 1);
        }
        return view;
    }

    private static View zeros(Shape shape) {
        return View.of(new HostBuffer.Floats(new float[(int) shape.size()]), shape);
    }
}
