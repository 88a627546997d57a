package javelin.algorithms.fourierspi.cytometry;

import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.disc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class EventMatchingTest {
    private static final List<Cell> CELLS =
            List.of(disc(1e-5, 1, 8e-6), disc(1e-5, 2, 8e-6), disc(1e-5, 3, 8e-6));

    @Test
    void countsWhatHappenedToEachCell() {
        double[] begins = {0.9, 1.9, 0.95, 5};
        double[] ends = {1.1, 2.1, 2.2, 6};
        var m = EventMatching.events(begins, ends, CELLS, 0);
        assertThat(m).isEqualTo(new EventMatching(3, 4, 2, 1, 2, 1, 1));
        assertThat(m.detectionRate()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(m.plus(m)).isEqualTo(new EventMatching(6, 8, 4, 2, 4, 2, 2));
        assertThat(EventMatching.events(begins, ends, CELLS, 1).missed()).isZero();
    }

    @Test
    void nearestPairsComeFirst() {
        double[] xs = {1e-5, 1e-5, 1e-5};
        double[] ys = {1.3, 0.9, 2.9};
        assertThat(EventMatching.nearest(xs, ys, CELLS, 0.5)).containsExactly(-1, 0, 2);
        assertThat(EventMatching.nearest(xs, ys, CELLS, 0.8)).containsExactly(1, 0, 2);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> EventMatching.events(new double[] {2}, new double[] {1}, CELLS, 0))
                .hasMessage("event matching: event 0 ends at 1.0 m, before its begin at 2.0 m");
        assertThatThrownBy(() -> EventMatching.nearest(new double[1], new double[2], CELLS, 1))
                .hasMessage("event matching: needs an x for each y, found 1 and 2");
    }
}
