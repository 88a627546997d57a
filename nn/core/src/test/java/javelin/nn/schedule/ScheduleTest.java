package javelin.nn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.List;

class ScheduleTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    @Test
    void constantStays() {
        assertThat(new Schedule.Constant(0.3).rate(1_000_000)).isEqualTo(0.3);
    }

    @Test
    void stepsFallAtEachPeriod() {
        var s = new Schedule.Step(1, 10, 0.1);
        assertThat(s.rate(0)).isEqualTo(1);
        assertThat(s.rate(9)).isEqualTo(1);
        assertThat(s.rate(10)).isCloseTo(0.1, CLOSE);
        assertThat(s.rate(29)).isCloseTo(0.01, CLOSE);
    }

    @Test
    void milestonesFallWhereTheySay() {
        var s = new Schedule.MultiStep(0.1, List.of(80L, 120L), 0.1);
        assertThat(s.rate(79)).isEqualTo(0.1);
        assertThat(s.rate(80)).isCloseTo(0.01, CLOSE);
        assertThat(s.rate(120)).isCloseTo(0.001, CLOSE);
    }

    @Test
    void cosineIsHalfwayInTheMiddleAndStaysAtItsEnd() {
        var s = new Schedule.Cosine(1, 0.2, 100);
        assertThat(s.rate(0)).isEqualTo(1);
        assertThat(s.rate(50)).isCloseTo(0.6, CLOSE);
        assertThat(s.rate(100)).isCloseTo(0.2, CLOSE);
        assertThat(s.rate(500)).isCloseTo(0.2, CLOSE);
    }

    @Test
    void oneCycleRisesAndFalls() {
        var s = new Schedule.OneCycle(1, 100);
        assertThat(s.rate(0)).isCloseTo(1 / 25.0, CLOSE);
        assertThat(s.rate(15)).isCloseTo((1 + 1 / 25.0) / 2, CLOSE);
        assertThat(s.rate(30)).isCloseTo(1, CLOSE);
        assertThat(s.rate(100)).isCloseTo(1 / 25e4, CLOSE);
        assertThat(s.rate(101)).isCloseTo(1 / 25e4, CLOSE);
    }

    @Test
    void polynomialOfPowerOneIsALine() {
        var line = new Schedule.Polynomial(1, 0, 10, 1);
        assertThat(line.rate(3)).isCloseTo(0.7, CLOSE);
        assertThat(new Schedule.Polynomial(1, 0.5, 10, 2).rate(5)).isCloseTo(0.625, CLOSE);
        assertThat(line.rate(11)).isZero();
    }

    @Test
    void warmUpLeadsToTheBeginningOfTheNext() {
        var s = new Schedule.WarmUp(10, 0.1, new Schedule.Cosine(2, 0, 100));
        assertThat(s.rate(0)).isCloseTo(0.2, CLOSE);
        assertThat(s.rate(5)).isCloseTo(1.1, CLOSE);
        assertThat(s.rate(10)).isEqualTo(2);
        assertThat(s.rate(60)).isCloseTo(1, CLOSE);
    }

    @Test
    void lengthsAndRatesAreChecked() {
        assertThatThrownBy(() -> new Schedule.Cosine(1, 0, 0)).hasMessageContaining("steps");
        assertThatThrownBy(() -> new Schedule.Constant(Double.NaN)).hasMessageContaining("rate");
        assertThatThrownBy(() -> new Schedule.OneCycle(1, 10, 1, 25, 1))
                .hasMessageContaining("rise");
    }
}
