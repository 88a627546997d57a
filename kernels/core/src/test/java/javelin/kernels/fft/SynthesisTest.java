package javelin.kernels.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.cpu.Simd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.SplittableRandom;

class SynthesisTest {
    @ParameterizedTest
    @CsvSource({
        "1,1", "2,2", "7,4", "32,17", "33,5", "40,21", "64,20", "65,33", "97,9", "100,51", "128,8",
        "207,20", "800,20", "801,401"
    })
    void sumsFollowTheDefinitionInEveryWay(int n, int k) {
        for (int signals = 0; signals <= 5; signals++) {
            float[] c = random(3 + 2 * k * signals);
            for (boolean simd : new boolean[] {false, true}) {
                if (!simd || Simd.isAvailable()) {
                    float[] x = new float[2 + n * signals + 3];
                    Arrays.fill(x, 7);
                    float[] gains = random(n);
                    SynthesisPlan.of(n, k, gains, simd).run(c, 3, signals, x, 2);
                    check(n, k, signals, c, gains, x);
                }
            }
        }
    }

    private static void check(int n, int k, int signals, float[] c, float[] gains, float[] x) {
        for (int s = 0; s < signals; s++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int f = 0; f < k; f++) {
                    double angle = 2 * Math.PI * ((long) f * j % n) / n;
                    boolean once = f == 0 || 2 * f == n;
                    int at = 3 + 2 * (s * k + f);
                    sum +=
                            once
                                    ? c[at] * Math.cos(angle)
                                    : 2 * (c[at] * Math.cos(angle) - c[at + 1] * Math.sin(angle));
                }
                assertThat((double) x[2 + s * n + j])
                        .as("n %d, k %d, signal %d of %d, sample %d", n, k, s, signals, j)
                        .isCloseTo(gains[j] * sum / n, within(1e-6 * k / n));
            }
        }
        assertThat(x[1]).isEqualTo(7);
        assertThat(x[2 + n * signals]).isEqualTo(7);
    }

    @Test
    void agreesWithTheInverseTransform() {
        int n = 800;
        int k = 20;
        float[] c = random(2 * k);
        c[1] = 0;
        float[] half = Arrays.copyOf(c, 2 * (n / 2 + 1));
        float[] expected = new float[n];
        RealPlan.of(n)
                .inverse(ComplexFloats.interleaved(half, 0), expected, 0)
                .run(new javelin.kernels.cpu.Workers(1));
        float[] x = new float[n];
        SynthesisPlan.of(n, k).run(c, 0, 1, x, 0);
        assertThat(x).containsExactly(expected, within(1e-7f));
    }

    @Test
    void badSizesAreNamed() {
        assertThatThrownBy(() -> SynthesisPlan.of(8, 6)).hasMessageContaining("take 1 to 5");
        assertThatThrownBy(() -> SynthesisPlan.of(8, 2, new float[7]))
                .hasMessageContaining("7 gains");
        assertThatThrownBy(() -> SynthesisPlan.of(0, 1)).hasMessageContaining("length 0");
        var plan = SynthesisPlan.of(8, 2);
        assertThatThrownBy(() -> plan.run(new float[7], 0, 2, new float[16], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static float[] random(int n) {
        var rng = new SplittableRandom(n);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) rng.nextDouble(-1, 1);
        }
        return x;
    }
}
