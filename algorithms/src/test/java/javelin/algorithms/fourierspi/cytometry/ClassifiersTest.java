package javelin.algorithms.fourierspi.cytometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

class ClassifiersTest {
    private static final int N = 4000;

    /// Two classes of normal numbers: means (0, 0) and (2, 1), deviations (1, 1) and (s, s).
    private static double[][] examples(double s, int[] labels) {
        Rng rng = Rng.seed(6);
        double[][] x = new double[N][];
        for (int i = 0; i < N; i++) {
            labels[i] = i % 2;
            double d = labels[i] == 0 ? 1 : s;
            double m = labels[i];
            x[i] = new double[] {2 * m + d * rng.nextGaussian(), m + d * rng.nextGaussian(), 5};
        }
        return x;
    }

    @Test
    void linearBorderLiesInTheMiddle() {
        int[] labels = new int[N];
        double[][] x = examples(1, labels);
        var lda = Discriminant.fit(Discriminant.Kind.LINEAR, x, labels, 2, 0);
        // ln p₁/p₀ = μ·x − |μ|²/2 = 2x₀ + x₁ − 5/2; the third feature says nothing
        for (double[] at : new double[][] {{0, 0, 5}, {1, 0.5, 5}, {2, 3, 5}, {-4, 2, 5}}) {
            double[] p = lda.probabilities(at);
            double expected = 2 * at[0] + at[1] - 2.5;
            assertThat(Math.log(p[1] / p[0]))
                    .isCloseTo(expected, within(0.1 + 0.1 * Math.abs(expected)));
            assertThat(p[0] + p[1]).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void quadraticBorderKnowsTheSpread() {
        int[] labels = new int[N];
        double[][] x = examples(3, labels);
        var qda = Discriminant.fit(Discriminant.Kind.QUADRATIC, x, labels, 2, 0);
        var lda = Discriminant.fit(Discriminant.Kind.LINEAR, x, labels, 2, 0);
        double[] far = {-8, -8, 5}; // only the wide class comes so far
        assertThat(qda.predict(far)).isEqualTo(1);
        assertThat(lda.predict(far)).isZero();
        // ln p₁/p₀ at 0: −ln 9 − |μ|²/18
        double[] p = qda.probabilities(new double[] {0, 0, 5});
        assertThat(Math.log(p[1] / p[0])).isCloseTo(-Math.log(9) - 5 / 18.0, within(0.1));
    }

    @Test
    void networkLearnsWhatNoLineDivides() {
        Rng rng = Rng.seed(2);
        double[][] x = new double[800][2];
        int[] labels = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i][0] = 100 * rng.nextGaussian();
            x[i][1] = 0.01 * rng.nextGaussian();
            labels[i] = x[i][0] * x[i][1] > 0 ? 1 : 0;
        }
        var network = CellNetwork.fit(CellNetwork.Config.of(1), x, labels, 2);
        int[] answers = network.predict(x);
        int right = 0;
        for (int i = 0; i < answers.length; i++) {
            right += answers[i] == labels[i] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(740);
        double[] p = network.probabilities(x)[0];
        assertThat(p[0] + p[1]).isCloseTo(1, within(1e-5));
    }

    @Test
    void areaUnderTheCurveCountsPairs() {
        double[] scores = {0.9, 0.8, 0.7, 0.6};
        assertThat(RocCurve.of(scores, new boolean[] {true, false, true, false}).area())
                .isCloseTo(0.75, within(1e-12));
        assertThat(RocCurve.of(new double[] {1, 1, 0}, new boolean[] {true, false, false}).area())
                .isCloseTo(0.75, within(1e-12));
    }

    @Test
    void badInputIsNamed() {
        double[][] x = {{1, 2}, {2, 1}, {3, 3}, {4, Double.NaN}};
        int[] labels = {0, 0, 1, 1};
        assertThatThrownBy(() -> Discriminant.fit(Discriminant.Kind.LINEAR, x, labels, 2, 0))
                .hasMessage("discriminant: feature 1 of example 3 must be finite, found NaN");
        x[3][1] = 4;
        assertThatThrownBy(() -> Discriminant.fit(Discriminant.Kind.LINEAR, x, labels, 3, 0))
                .hasMessageContaining("examples of class 2 must be at least 2, found 0");
        assertThatThrownBy(() -> RocCurve.of(new double[] {1}, new boolean[] {true}))
                .hasMessageContaining("positive and negative examples, found 1 and 0");
    }
}
