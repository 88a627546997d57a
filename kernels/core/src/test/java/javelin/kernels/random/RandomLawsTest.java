package javelin.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.random.RandomFill.Law;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Statistics of the laws with a fixed key: tolerances are five standard errors.
class RandomLawsTest {
    private static final int N = 400_000;
    private static final long KEY = 20_110_612;

    @Test
    void uniform() {
        float[] x = draw(Law.UNIFORM, -1, 3);
        double error = 4 / Math.sqrt(12.0 * N);
        assertThat(moment(x, 0, 1)).isCloseTo(1, within(5 * error));
        assertThat(moment(x, 1, 2)).isCloseTo(16.0 / 12, within(0.02));
        for (float v : x) {
            assertThat(v >= -1 && v < 3).isTrue();
        }
    }

    @Test
    void uniformStaysBelowItsEndWhereRoundingWouldReachIt() {
        for (float v : draw(Law.UNIFORM, 1e6, 1e6 + 1)) {
            assertThat(v >= 1e6f && v < 1e6f + 1).isTrue();
        }
    }

    @Test
    void normal() {
        float[] x = draw(Law.NORMAL, 0, 1);
        double error = 1 / Math.sqrt(N);
        assertThat(moment(x, 0, 1)).isCloseTo(0, within(5 * error));
        assertThat(moment(x, 0, 2)).isCloseTo(1, within(5 * Math.sqrt(2) * error));
        assertThat(moment(x, 0, 3)).isCloseTo(0, within(5 * Math.sqrt(15) * error));
        assertThat(moment(x, 0, 4)).isCloseTo(3, within(5 * Math.sqrt(96) * error));
        double product = 0;
        for (int i = 0; i < N; i += 2) {
            product += x[i] * x[i + 1] / (N / 2.0);
        }
        assertThat(product).isCloseTo(0, within(5 * Math.sqrt(2) * error)); // pairs are independent
    }

    /// The 32-bit polynomials against the formula in 64 bits.
    @Test
    void normalFollowsTheFormula() {
        int[] words = new int[4 * 1000];
        Philox.fill(KEY, 0, words, 1000);
        float[] x = draw(Law.NORMAL, 0, 1);
        for (int i = 0; i < words.length; i += 2) {
            double u = ((words[i] & 0xFFFFFFFFL) + 1) / 0x1p32;
            double v = (words[i + 1] & 0xFFFFFFFFL) / 0x1p32;
            double radius = Math.sqrt(-2 * Math.log(u));
            assertThat((double) x[i]).isCloseTo(radius * Math.cos(2 * Math.PI * v), within(2e-6));
            assertThat((double) x[i + 1])
                    .isCloseTo(radius * Math.sin(2 * Math.PI * v), within(2e-6));
        }
    }

    @Test
    void bernoulli() {
        double error = Math.sqrt(0.3 * 0.7 / N);
        assertThat(moment(draw(Law.BERNOULLI, 0.3, 0), 0, 1)).isCloseTo(0.3, within(5 * error));
        assertThat(moment(draw(Law.BERNOULLI, 0, 0), 0, 1)).isZero();
        assertThat(moment(draw(Law.BERNOULLI, 1, 0), 0, 1)).isEqualTo(1);
    }

    @Test
    void elementDependsOnItsBlockOnly() {
        float[] all = draw(Law.NORMAL, 0, 1);
        Backend cpu = Backends.cpu();
        View y = View.of(cpu.allocate(DType.F32, 1000), Shape.of(1000));
        cpu.run(new RandomFill(Law.NORMAL, KEY, 25, 0, 1), List.of(), y);
        assertThat(cpu.downloadFloats(y)).isEqualTo(Arrays.copyOfRange(all, 100, 1100));
    }

    @Test
    void permutationHoldsEachNumberOnceAndIsFair() {
        Backend cpu = Backends.cpu();
        int[] firsts = new int[5];
        View y = View.of(cpu.allocate(DType.I32, 5), Shape.of(5));
        for (int trial = 0; trial < 10_000; trial++) {
            cpu.run(new Permutation(trial, 0), List.of(), y);
            int[] order = cpu.downloadInts(y);
            firsts[order[0]]++;
            Arrays.sort(order);
            assertThat(order).isEqualTo(IntStream.range(0, 5).toArray());
        }
        for (int count : firsts) {
            assertThat(count).isCloseTo(2000, within(200)); // five standard errors
        }
    }

    private static float[] draw(Law law, double first, double second) {
        Backend cpu = Backends.cpu();
        View y = View.of(cpu.allocate(DType.F32, N), Shape.of(N));
        cpu.run(new RandomFill(law, KEY, 0, first, second), List.of(), y);
        return cpu.downloadFloats(y);
    }

    private static double moment(float[] x, double centre, int power) {
        double sum = 0;
        for (float v : x) {
            sum += Math.pow(v - centre, power);
        }
        return sum / x.length;
    }
}
