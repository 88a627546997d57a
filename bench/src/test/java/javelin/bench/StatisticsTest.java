package javelin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class StatisticsTest {
    @Test
    void medianOfOddAndEvenCounts() {
        assertThat(Statistics.median(3, 1, 2)).isEqualTo(2);
        assertThat(Statistics.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7);
        assertThatThrownBy(Statistics::median).hasMessage("median: there are no values");
    }

    @Test
    void geometricMeanTreatsTwiceAndHalfAlike() {
        assertThat(Statistics.geometricMean(List.of(2.0, 0.5))).isEqualTo(1, within(1e-12));
        assertThat(Statistics.geometricMean(List.of(1.0, 8.0)))
                .isEqualTo(8 / Math.sqrt(8), within(1e-12));
        assertThatThrownBy(() -> Statistics.geometricMean(List.of(1.0, 0.0)))
                .hasMessageContaining("must be positive, got 0.0");
        assertThatThrownBy(() -> Statistics.geometricMean(List.of()))
                .hasMessageContaining("no values");
    }

    @Test
    void roundKeepsDigitsThatCount() {
        assertThat(Statistics.round(0.00123456, 3)).isEqualTo(0.00123);
        assertThat(Statistics.round(123456, 2)).isEqualTo(120000);
        assertThat(Statistics.round(0, 2)).isZero();
        assertThat(Statistics.round(Double.NaN, 2)).isNaN();
    }

    @Test
    void workRatesAreInBillions() {
        var work = new Work(2e9, 4e9);

        assertThat(work.gflops(1000)).isEqualTo(2);
        assertThat(work.gigabytes(500)).isEqualTo(8);
    }

    @Test
    void rooflineIsTheHarderOfTwoLimits() {
        var roofline = new Roofline(1, 100, 100, 50, 10);

        assertThat(roofline.bestMs(new Work(1e9, 1), Mode.WARM)).isEqualTo(10, within(1e-9));
        assertThat(roofline.bestMs(new Work(1, 1e6), Mode.WARM)).isEqualTo(0.02, within(1e-9));
        assertThat(roofline.bestMs(new Work(1, 1e6), Mode.COLD_ALL)).isEqualTo(0.1, within(1e-9));
        assertThat(roofline.bestMs(new Work(1, 1e12), Mode.WARM)).isEqualTo(1e5, within(1e-3));
    }

    @Test
    void coldOperandsExceedTheLastCache() {
        assertThat(Operands.copies(0)).isEqualTo(1);
        assertThat(Operands.copies(1 << 20) * (double) (1 << 20))
                .isGreaterThanOrEqualTo(2.0 * Math.min(Machine.lastLevelCache(), 1 << 29));
        assertThat(Operands.copies(3e9)).isEqualTo(1);
    }
}
