package javelin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.stream.IntStream;

class RngTest {
    @Test
    void sameSeedSameBits() {
        assertThat(draw(Rng.seed(7))).isEqualTo(draw(Rng.seed(7)));
        assertThat(draw(Rng.seed(7))).isNotEqualTo(draw(Rng.seed(8)));
    }

    @Test
    void sameBitsOnEveryBackend() {
        float[] cpu = Backends.with(Backends.cpu(), () -> draw(Rng.seed(7)));
        float[] reference = Backends.with(Backends.reference(), () -> draw(Rng.seed(7)));
        assertThat(cpu).isEqualTo(reference);
    }

    @Test
    void streamAdvances() {
        Rng rng = Rng.seed(7);
        assertThat(draw(rng)).isNotEqualTo(draw(rng));
    }

    @Test
    void stateContinuesTheStream() {
        Rng rng = Rng.seed(7);
        draw(rng);
        Rng resumed = Rng.of(rng.state());
        assertThat(draw(resumed)).isEqualTo(draw(rng));
        assertThat(resumed.nextDouble()).isEqualTo(rng.nextDouble());
    }

    @Test
    void splitByIndexDoesNotAdvance() {
        Rng rng = Rng.seed(7);
        Rng.State before = rng.state();
        float[] third = draw(rng.split(3));
        assertThat(rng.state()).isEqualTo(before);
        draw(rng);
        assertThat(draw(rng.split(3))).isEqualTo(third);
    }

    @Test
    void streamsAreUncorrelated() {
        Rng root = Rng.seed(7);
        Rng[] streams = {
            root, root.split(0), root.split(1), root.split(), root.split(), Rng.seed(8)
        };
        int n = 4096;
        double[][] numbers =
                Arrays.stream(streams)
                        .map(r -> r.normal(0, 1, n).doubles())
                        .toArray(double[][]::new);
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < i; j++) {
                double[] a = numbers[i];
                double[] b = numbers[j];
                double correlation = IntStream.range(0, n).mapToDouble(k -> a[k] * b[k]).sum() / n;
                assertThat(correlation).isCloseTo(0, within(5 / Math.sqrt(n)));
            }
        }
    }

    @Test
    void hostNumbersHaveTheirMoments() {
        Rng rng = Rng.seed(7);
        double[] normal = IntStream.range(0, 10_000).mapToDouble(_ -> rng.nextGaussian()).toArray();
        double[] uniform = IntStream.range(0, 10_000).mapToDouble(_ -> rng.nextDouble()).toArray();
        int[] dice = IntStream.range(0, 60_000).map(_ -> rng.nextInt(6)).toArray();
        assertThat(Arrays.stream(normal).average().orElseThrow()).isCloseTo(0, within(0.05));
        assertThat(Arrays.stream(normal).map(z -> z * z).average().orElseThrow())
                .isCloseTo(1, within(0.07));
        assertThat(Arrays.stream(uniform).allMatch(u -> u >= 0 && u < 1)).isTrue();
        assertThat(Arrays.stream(uniform).average().orElseThrow()).isCloseTo(0.5, within(0.015));
        for (int face = 0; face < 6; face++) {
            int wanted = face;
            assertThat(Arrays.stream(dice).filter(d -> d == wanted).count())
                    .isBetween(9_500L, 10_500L);
        }
    }

    @Test
    void permutationNamesEachNumberOnce() {
        Rng rng = Rng.seed(7);
        int[] order = rng.permutation(101);
        assertThat(order).isNotEqualTo(rng.permutation(101)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(order).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
        assertThat(rng.permutation(0)).isEmpty();
    }

    @Test
    void boundMustBePositive() {
        assertThatThrownBy(() -> Rng.seed(1).nextInt(0))
                .hasMessage("nextInt: bound must be positive, got 0");
    }

    private static float[] draw(Rng rng) {
        return rng.uniform(-1, 1, 3, 7).floats();
    }
}
