package javelin.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;

class InitTest {
    private static final Shape SHAPE = Shape.of(100, 200);
    private static final Fan FAN = Fan.linear(SHAPE);

    private static double[] draw(Init init) {
        return Backends.with(
                Backends.reference(), () -> init.of(Rng.seed(1), FAN, SHAPE).doubles());
    }

    private record Law(String name, Init init, double variance, double bound) {}

    /// Variance within 5 %: with 20,000 numbers the standard deviation of a normal sample's
    /// variance is 1 %.
    @TestFactory
    List<DynamicTest> variance() {
        double inf = Double.POSITIVE_INFINITY;
        return List.of(
                        new Law("he normal", Init.heNormal(), 0.02, inf),
                        new Law("he uniform", Init.heUniform(), 0.02, Math.sqrt(0.06)),
                        new Law(
                                "he normal fan out",
                                Init.heNormal(Init.Mode.FAN_OUT, Init.RELU_GAIN),
                                0.01,
                                inf),
                        new Law("fan in", Init.fanInUniform(), 0.01 / 3, 0.1),
                        new Law("xavier normal", Init.xavierNormal(1), 2.0 / 300, inf),
                        new Law("xavier uniform", Init.xavierUniform(1), 2.0 / 300, 0.1415),
                        new Law("normal", Init.normal(3), 9, inf),
                        new Law("uniform", Init.uniform(-1, 1), 1.0 / 3, 1),
                        // variance of a normal cut off at 2 deviations
                        new Law("truncated", Init.truncatedNormal(1), 0.7737413, 2))
                .stream()
                .map(law -> DynamicTest.dynamicTest(law.name, () -> check(law)))
                .toList();
    }

    private static void check(Law law) {
        double sum = 0;
        double squares = 0;
        double[] values = draw(law.init);
        for (double v : values) {
            sum += v;
            squares += v * v;
            assertThat(Math.abs(v)).isLessThanOrEqualTo(law.bound);
        }
        double deviation = Math.sqrt(law.variance);
        assertThat(sum / values.length).isCloseTo(0, within(5 * deviation / Math.sqrt(20_000)));
        assertThat(squares / values.length / law.variance).isCloseTo(1, within(0.05));
    }

    @Test
    void orthogonalColumnsAreOrthonormalTimesGain() {
        Backends.with(
                Backends.reference(),
                () -> {
                    Shape tall = Shape.of(3, 3, 2, 8); // 18 × 8
                    Tensor w = Init.orthogonal(2).of(Rng.seed(1), new Fan(18, 8), tall);
                    Tensor m = w.reshape(18, 8);
                    assertIdentity(m.t().matmul(m).doubles(), 8, 4);
                    Tensor wide = Init.orthogonal(1).of(Rng.seed(1), FAN, Shape.of(5, 9));
                    assertIdentity(wide.matmul(wide.t()).doubles(), 5, 1);
                });
    }

    private static void assertIdentity(double[] m, int n, double scale) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(m[i * n + j]).isCloseTo(i == j ? scale : 0, within(1e-12));
            }
        }
    }

    @Test
    void fansOfAConvolutionCountOneGroup() {
        Shape depthwise = Shape.of(3, 3, 1, 32);
        assertThat(Fan.conv(depthwise, 32)).isEqualTo(new Fan(9, 9));
        assertThat(Fan.conv(Shape.of(3, 3, 16, 32), 1)).isEqualTo(new Fan(144, 288));
        assertThat(FAN).isEqualTo(new Fan(100, 200));
    }

    @Test
    void sameSeedGivesTheSameValues() {
        assertThat(draw(Init.heNormal())).isEqualTo(draw(Init.heNormal()));
        assertThat(draw(Init.constant(3))).containsOnly(3);
        assertThat(draw(Init.zeros())).containsOnly(0);
        assertThat(Init.leakyReluGain(1)).isEqualTo(1);
    }
}
