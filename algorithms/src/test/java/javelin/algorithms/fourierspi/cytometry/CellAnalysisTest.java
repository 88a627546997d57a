package javelin.algorithms.fourierspi.cytometry;

import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.FIELD;
import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.blank;
import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.disc;
import static javelin.algorithms.fourierspi.cytometry.ImagesOfCells.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class CellAnalysisTest {
    private static final int N = 256;
    private static final double PIXEL = FIELD / N;

    private static List<FoundCell> analyse(Cell... cells) {
        float[] image = lines(List.of(cells), N, N, PIXEL);
        return new CellAnalysis(Segmentation.Config.of(FIELD))
                .analyse(image, N, N, PIXEL, blank(N));
    }

    @Test
    void discHasTheFeaturesOfADisc() {
        FoundCell found = analyse(disc(18.3e-6, 21.1e-6, 14e-6)).getFirst();
        Features f = found.features();
        assertThat(found.x()).isCloseTo(18.3e-6, within(0.1e-6));
        assertThat(found.y()).isCloseTo(21.1e-6, within(0.1e-6));
        assertThat(found.cut()).isFalse();
        assertThat(f.diameter()).isCloseTo(14e-6, within(0.2e-6));
        assertThat(f.area()).isCloseTo(Math.PI * 49e-12, within(4e-12));
        assertThat(f.perimeter()).isCloseTo(Math.PI * 14e-6, within(1.5e-6));
        assertThat(f.circularity()).isCloseTo(1, within(0.06));
        assertThat(f.aspect()).isCloseTo(1, within(0.02));
        assertThat(f.eccentricity()).isLessThan(0.2);
        assertThat(f.mean()).isCloseTo(0.3, within(0.02));
        assertThat(f.max()).isCloseTo(0.3, within(0.01));
        assertThat(f.integrated()).isCloseTo(0.3 * Math.PI * 49e-12, within(2e-12));
        assertThat(f.ring0()).isCloseTo(0.3, within(0.01));
        assertThat(f.ring3()).isLessThan(f.ring0());
        assertThat(f.contrast()).isLessThan(1);
    }

    @Test
    void ellipseHasItsAspectAtEveryAngle() {
        for (double angle : new double[] {0, 0.5, 1.2, 2.5}) {
            var cell = new Cell(Cell.Kind.A, 20e-6, 20e-6, 14e-6, 0, 1.5, angle, 0.3, 0);
            Features f = analyse(cell).getFirst().features();
            assertThat(f.aspect()).isCloseTo(1.5, within(0.05));
            assertThat(f.eccentricity()).isCloseTo(Math.sqrt(1 - 1 / 2.25), within(0.03));
            assertThat(f.diameter()).isCloseTo(14e-6, within(0.3e-6));
        }
    }

    @Test
    void nucleusIsThePartThatIsDarker() {
        for (double q : new double[] {0.4, 0.6}) {
            var cell = new Cell(Cell.Kind.B, 20e-6, 20e-6, 14e-6, q, 1, 0, 0.3, 0.28);
            Features f = analyse(cell).getFirst().features();
            assertThat(f.nucleus()).isCloseTo(q * q, within(0.05));
            assertThat(f.max()).isCloseTo(0.58, within(0.02));
            assertThat(f.ring0()).isCloseTo(0.58, within(0.03));
        }
    }

    @Test
    void cellAtTheBorderIsCut() {
        assertThat(analyse(disc(20e-6, 2e-6, 14e-6)).getFirst().cut()).isTrue();
        assertThat(analyse(disc(39e-6, 20e-6, 14e-6)).getFirst().cut()).isTrue();
    }

    @Test
    void featuresStandInTheOrderOfTheirNames() {
        Features f = analyse(disc(20e-6, 20e-6, 14e-6)).getFirst().features();
        assertThat(f.toArray()).hasSameSizeAs(Features.NAMES);
        assertThat(f.toArray()[Features.NAMES.indexOf("diameter")]).isEqualTo(f.diameter());
        assertThat(f.toArray()[Features.NAMES.indexOf("entropy")]).isEqualTo(f.entropy());
        assertThat(f.toArray()[Features.NAMES.indexOf("gradient")]).isEqualTo(f.gradient());
    }
}
