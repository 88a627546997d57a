package javelin.algorithms.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class ConfusionTest {
    private final Confusion confusion =
            Confusion.of(List.of("cat", "dog"), new int[] {0, 0, 0, 1}, new int[] {0, 0, 1, 1});

    @Test
    void countsAreByClassAndPrediction() {
        assertThat(confusion.counts()).isDeepEqualTo(new int[][] {{2, 1}, {0, 1}});
        assertThat(confusion.accuracy()).isEqualTo(0.75);
        assertThat(confusion.recall(0)).isEqualTo(2 / 3.0, within(1e-15));
    }

    @Test
    void linesShowCountsAndRecall() {
        assertThat(confusion.lines())
                .containsExactly(
                        "      cat  dog  right",
                        " cat    2    1  66.7 %",
                        " dog    .    1  100.0 %");
    }

    @Test
    void htmlShadesByPartOfTheRow() {
        assertThat(confusion.html())
                .contains("rgba(var(--tint), 0.800)\">1</td>", "rgba(var(--tint), 0.000)\"></td>");
    }
}
