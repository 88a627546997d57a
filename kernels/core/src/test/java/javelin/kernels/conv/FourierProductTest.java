package javelin.kernels.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javelin.kernels.HostBuffer;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Workers;
import javelin.kernels.matmul.Target;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

class FourierProductTest {
    @BeforeEach
    void vectorsAreThere() {
        assumeTrue(Simd.isAvailable(), "products of matrices need vectors, which are switched off");
    }

    /// Numbers of one order of magnitude, either sign.
    private static float[] random(int n, long seed) {
        var rng = new SplittableRandom(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) ((1 + rng.nextDouble()) * (rng.nextBoolean() ? 1 : -1));
        }
        return x;
    }

    private static View view(float[] x, Shape shape) {
        return View.of(new HostBuffer.Floats(x), shape);
    }

    @ParameterizedTest(name = "[{0}, {1}, {2}, {3}] by [{4}, {5}, {6}]")
    @CsvSource({
        "1, 20, 19, 8, 5, 5, 16, 2, 2, 2, 2, 16",
        "2, 20, 19, 3, 7, 5, 9, 3, 2, 0, 1, 16",
        "3, 9, 9, 5, 5, 5, 7, 0, 0, 0, 0, 16",
        "1, 4, 5, 8, 7, 7, 8, 3, 3, 3, 3, 16",
        "1, 40, 37, 4, 11, 12, 6, 5, 4, 6, 5, 32",
        "1, 50, 66, 2, 31, 29, 3, 15, 15, 14, 14, 64",
        "1, 70, 64, 12, 9, 9, 20, 4, 4, 4, 4, 16"
    })
    void agreesWithTheSum(
            int n,
            int h,
            int w,
            int c,
            int kh,
            int kw,
            int o,
            int top,
            int bottom,
            int left,
            int right,
            int side) {
        var g = new Geometry(1, 1, top, bottom, left, right, 1, 1, 1);
        Shape xs = Shape.of(n, h, w, c);
        Shape ws = Shape.of(kh, kw, c, o);
        Shape ys = Shape.of(n, g.outH(h, kh), g.outW(w, kw), o);
        assertThat(Fourier.isPossible(g, ws, ys)).isTrue();
        float[] x = random(xs.length(), 1);
        float[] f = random(ws.length(), 2);
        float[] y = run(side, g, view(x, xs), view(f, ws), ys, new Workers(1));
        assertThat(run(side, g, view(x, xs), view(f, ws), ys, new Workers(2)))
                .as("two threads")
                .isEqualTo(y);
        for (int i = 0; i < y.length; i++) {
            int b = i / o % ys.dim(2);
            int a = i / o / ys.dim(2) % ys.dim(1);
            int image = i / o / ys.dim(2) / ys.dim(1);
            double sum = 0;
            double size = 0;
            for (int p = Math.max(0, top - a); p < Math.min(kh, h + top - a); p++) {
                for (int q = Math.max(0, left - b); q < Math.min(kw, w + left - b); q++) {
                    int pixel = ((image * h + a + p - top) * w + b + q - left) * c;
                    for (int k = 0; k < c; k++) {
                        double one = (double) x[pixel + k] * f[((p * kw + q) * c + k) * o + i % o];
                        sum += one;
                        size += Math.abs(one);
                    }
                }
            }
            assertThat(Math.abs(y[i] - sum)).as("output %d", i).isLessThanOrEqualTo(1e-5 * size);
        }
    }

    private static float[] run(int side, Geometry g, View x, View w, Shape ys, Workers workers) {
        var product = new FourierProduct(side, g, x.shape(), w.shape(), ys);
        float[] packed = new float[product.packedSize() + 3];
        product.pack(w, packed, 3).run(workers);
        float[] y = new float[ys.length()];
        var work = product.multiply(x, packed, 3, view(y, ys), Target.PLAIN);
        work.run(workers);
        float[] first = y.clone();
        work.run(workers);
        assertThat(y).as("second run").isEqualTo(first);
        return y;
    }

    @Test
    void isChosenForLargeWindowsOnly() {
        Shape y = Shape.of(1, 56, 56, 64);
        for (int k : new int[] {1, 3}) {
            assertThat(best(k, y)).isZero();
        }
        for (int k : new int[] {7, 11, 31}) {
            assertThat(best(k, y)).isGreaterThan(k);
        }
        Geometry far = Geometry.of(1, 5);
        assertThat(Fourier.best(far, Shape.of(7, 7, 64, 64), y))
                .as("padding that leaves an output one pixel")
                .isZero();
        assertThat(Fourier.best(Geometry.of(2, 3), Shape.of(7, 7, 64, 64), y)).isZero();
    }

    private static int best(int k, Shape y) {
        return Fourier.best(Geometry.of(1, k / 2), Shape.of(k, k, y.dim(3), y.dim(3)), y);
    }
}
