package javelin.algorithms.dcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/// Rates, stop rules, norms and learning rates on numbers small enough to do by hand.
class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "0.3, 16, 12",
        "0.3, 64, 45",
        "0.5, 37, 19",
        "0.7, 64, 20",
        "0.29, 100, 71",
        "0.99, 1, 1"
    })
    void keptChannelsRoundTheRemovedOnesDown(String rate, int channels, int kept) {
        assertThat(PruningRate.of(rate).kept(channels)).isEqualTo(kept);
    }

    @Test
    void keptChannelsAreRoundedUpToAMultiple() {
        PruningRate rate = PruningRate.of("0.7").roundedTo(8);
        assertThat(rate.kept(64)).isEqualTo(24);
        assertThat(rate.kept(6)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-0.1", "1.5"})
    void ratesOutsideTheRangeAreRejected(String rate) {
        assertThatThrownBy(() -> PruningRate.of(rate))
                .hasMessage(
                        "rate: the part of channels to remove must be above 0 and below 1, got "
                                + rate);
    }

    @Test
    void ratesThatAreNoNumbersAreRejected() {
        assertThatThrownBy(() -> PruningRate.of("NaN"))
                .hasMessage("rate: expected a number above 0 and below 1 such as 0.3, got 'NaN'");
    }

    @Test
    void smallerEpsilonNeverStopsEarlier() {
        List<Double> losses = List.of(2.0, 1.2, 0.9, 0.85, 0.81, 0.808, 0.8079, 0.80789, 0.80789);
        int before = 0;
        for (double epsilon : new double[] {0.3, 0.1, 0.03, 0.01, 0.001, 1e-4, 1e-6}) {
            int now = stopped(new StopRule.Adaptive(epsilon, 1), losses);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(stopped(new StopRule.Adaptive(0.1, 1), losses)).isEqualTo(3); // (0.9 - 0.85) / 2
        assertThat(stopped(new StopRule.Adaptive(0.1, 2), losses)).isEqualTo(4);
    }

    private static int stopped(StopRule rule, List<Double> losses) {
        List<Double> seen = new ArrayList<>(losses.subList(0, 1));
        while (!rule.stops(losses.size() - 1, seen)) {
            seen.add(losses.get(seen.size()));
        }
        return seen.size() - 1;
    }

    @Test
    void normsOfAGradientByHand() {
        // [1, 1, 2, 2]: channel 0 has kernels 3 and 4, channel 1 has 0 and -6
        double[] gradient = {3, 4, 0, -6};
        Shape weight = Shape.of(1, 1, 2, 2);
        assertThat(ScoreNorm.FROBENIUS.scores(gradient, weight)).containsExactly(5, 6);
        assertThat(ScoreNorm.SUM_OF_KERNEL_NORMS.scores(gradient, weight)).containsExactly(7, 6);
    }

    @Test
    void rateOfAStageFallsTwice() {
        var stage = new DcpConfig.Stage(100, 0.1);
        assertThat(StageTraining.rate(stage, 39)).isEqualTo(0.1);
        assertThat(StageTraining.rate(stage, 40)).isEqualTo(0.01);
        assertThat(StageTraining.rate(stage, 60)).isEqualTo(0.001);
        assertThat(StageTraining.rate(new DcpConfig.Stage(1, 0.1), 0)).isEqualTo(0.1);
    }
}
