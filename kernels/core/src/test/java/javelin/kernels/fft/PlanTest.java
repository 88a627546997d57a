package javelin.kernels.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.cpu.Simd;
import javelin.kernels.cpu.Workers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

/// Plans on plain arrays.
class PlanTest {
    private static final Workers ONE = new Workers(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 37, 60, 74, 127, 256, 625})
    void doublesFollowTheDefinition(int n) {
        double[] x = random(2 * n);
        double[] y = transformed(x);
        for (int k = 0; k < n; k++) {
            double re = 0;
            double im = 0;
            for (int j = 0; j < n; j++) {
                double angle = -2 * Math.PI * ((long) j * k % n) / n;
                re += x[2 * j] * Math.cos(angle) - x[2 * j + 1] * Math.sin(angle);
                im += x[2 * j] * Math.sin(angle) + x[2 * j + 1] * Math.cos(angle);
            }
            assertThat(y[2 * k]).isCloseTo(re, within(1e-13 * n));
            assertThat(y[2 * k + 1]).isCloseTo(im, within(1e-13 * n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 16, 30, 97, 128, 1000, 4096, 20000, 131072})
    void realTransformsAreHalvesOfComplexOnes(int n) {
        double[] x = random(n);
        double[] pairs = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) x[i];
            pairs[2 * i] = x[i];
        }
        double[] expected = transformed(pairs);
        double[] half = new double[n + 2];
        RealPlan.of(n).forward(x, 0, ComplexDoubles.interleaved(half, 0)).run(ONE);
        double[] back = new double[n];
        RealPlan.of(n).inverse(ComplexDoubles.interleaved(half, 0), back, 0).run(ONE);
        double size = Math.sqrt(n);
        for (int i = 0; i < n / 2 * 2 + 2; i++) {
            assertThat(half[i]).isCloseTo(expected[i], within(1e-13 * size));
        }
        assertThat(back).containsExactly(x, within(1e-13));

        for (boolean simd : variants()) {
            float[] re = new float[n / 2 + 1];
            float[] im = new float[n / 2 + 1];
            float[] again = new float[n];
            var reals = ComplexFloats.real(floats(x), 0);
            var spectrum = ComplexFloats.split(re, im);
            RealPlan.of(n).forward(reals, spectrum, 1, 1, simd).run(ONE);
            var to = ComplexFloats.real(again, 0);
            RealPlan.of(n).inverse(spectrum, to, 1.0 / n, 2, simd).run(ONE);
            for (int k = 0; k <= n / 2; k++) {
                assertThat((double) re[k]).isCloseTo(expected[2 * k], within(4e-6 * size));
                assertThat((double) im[k]).isCloseTo(expected[2 * k + 1], within(4e-6 * size));
            }
            for (int i = 0; i < n; i++) {
                assertThat((double) again[i]).isCloseTo(x[i], within(4e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 64, 100, 1024, 4096, 32768})
    void layoutsAndPlaceDoNotMatter(int n) {
        double[] x = random(2 * n);
        float[] pairs = floats(x);
        float[] re = new float[n];
        float[] im = new float[n];
        for (int i = 0; i < n; i++) {
            re[i] = pairs[2 * i];
            im[i] = pairs[2 * i + 1];
        }
        var plan = ComplexPlan.of(n);
        float[] outRe = new float[n];
        float[] outIm = new float[n];
        var split = ComplexFloats.split(re, im);
        plan.forward(split, ComplexFloats.split(outRe, outIm)).run(ONE);
        plan.forward(split, split).run(ONE);
        assertThat(re).containsExactly(outRe);
        assertThat(im).containsExactly(outIm);
        var interleaved = ComplexFloats.interleaved(pairs, 0);
        plan.forward(interleaved, interleaved).run(ONE);
        for (int i = 0; i < n; i++) {
            assertThat(pairs[2 * i]).isCloseTo(re[i], within(4e-6f * (float) Math.sqrt(n)));
            assertThat(pairs[2 * i + 1]).isCloseTo(im[i], within(4e-6f * (float) Math.sqrt(n)));
        }
        plan.inverse(interleaved, interleaved).run(ONE);
        for (int i = 0; i < 2 * n; i++) {
            assertThat((double) pairs[i]).isCloseTo(x[i], within(4e-6));
        }
    }

    @Test
    void anyAxisOfABatch() {
        for (int[] s :
                new int[][] {{3, 16, 20}, {2, 60, 9}, {40, 32, 1}, {2, 256, 33}, {1, 64, 64}}) {
            int n = s[1];
            int inner = s[2];
            double[] x = random(2 * s[0] * n * inner);
            double[] y = new double[x.length];
            var plan = ComplexPlan.of(s[0], n, inner);
            var from = ComplexDoubles.interleaved(x, 0);
            plan.forward(from, ComplexDoubles.interleaved(y, 0)).run(ONE);
            float[] z = floats(x);
            var same = ComplexFloats.interleaved(z, 0);
            plan.forward(same, same).run(new Workers(2));
            for (int i = 0; i < x.length; i++) {
                assertThat((double) z[i]).isCloseTo(y[i], within(4e-6 * Math.sqrt(n)));
            }
            for (int c : new int[] {0, inner - 1}) {
                double[] one = new double[2 * n];
                for (int j = 0; j < n; j++) {
                    one[2 * j] = x[2 * (j * inner + c)];
                    one[2 * j + 1] = x[2 * (j * inner + c) + 1];
                }
                one = transformed(one);
                for (int j = 0; j < n; j++) {
                    assertThat(y[2 * (j * inner + c)]).isCloseTo(one[2 * j], within(1e-12));
                }
            }
        }
    }

    @Test
    void sizesAreChecked() {
        assertThatThrownBy(() -> ComplexPlan.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fft: the length must be at least 1, got 0");
        assertThatThrownBy(() -> RealPlan.of(-3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fft: the length must be at least 1, got -3");
        assertThatThrownBy(() -> ComplexPlan.of(-1, 4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fft: a plan of [-1, 4, 1], where a size is negative");
        assertThatThrownBy(() -> ComplexPlan.of(1 << 20, 1 << 20, 1))
                .hasMessage("fft: a plan of [1048576, 1048576, 1] is over 2^30 numbers");
        int prime = (1 << 28) + 3;
        var none = ComplexFloats.interleaved(new float[0], 0);
        assertThatThrownBy(() -> ComplexPlan.of(prime).forward(none, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fft: length 268435459 has a large prime factor and is over 2^28");
    }

    @Test
    void notANumberSpreads() {
        float[] x = new float[128];
        x[5] = Float.NaN;
        ComplexPlan.of(64)
                .forward(ComplexFloats.interleaved(x, 0), ComplexFloats.interleaved(x, 0))
                .run(ONE);
        for (int i = 0; i < x.length; i += 2) {
            assertThat(x[i] + x[i + 1]).isNaN();
        }
    }

    private static boolean[] variants() {
        return Simd.isAvailable() ? new boolean[] {false, true} : new boolean[] {false};
    }

    private static double[] transformed(double[] pairs) {
        double[] y = new double[pairs.length];
        ComplexPlan.of(pairs.length / 2)
                .forward(ComplexDoubles.interleaved(pairs, 0), ComplexDoubles.interleaved(y, 0))
                .run(ONE);
        return y;
    }

    private static double[] random(int n) {
        return new SplittableRandom(n).doubles(n, -1, 1).toArray();
    }

    private static float[] floats(double[] x) {
        float[] f = new float[x.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = (float) x[i];
        }
        return f;
    }
}
