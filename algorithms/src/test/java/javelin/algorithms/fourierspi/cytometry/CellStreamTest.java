package javelin.algorithms.fourierspi.cytometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.List;

class CellStreamTest {
    private static final CellModel MODEL = CellModel.threeClasses();

    private static Cell cell(double x, double y, double diameter) {
        return new Cell(Cell.Kind.A, x, y, diameter, 0, 1, 0, 0.3, 0);
    }

    @Test
    void waitsBetweenArrivalsAreExponential() {
        double rate = 1e5;
        double speed = 5;
        CellStream stream = CellStream.poisson(MODEL, rate, speed, 0.2, 3);
        List<Cell> cells = stream.cells();
        // 20000 ± 141
        assertThat(cells.size()).isBetween(19500, 20500);
        double sum = 0;
        double squares = 0;
        int shorter = 0;
        for (int i = 1; i < cells.size(); i++) {
            double wait = (cells.get(i).y() - cells.get(i - 1).y()) / speed;
            sum += wait;
            squares += wait * wait;
            shorter += wait < 2.4e-6 ? 1 : 0;
        }
        int n = cells.size() - 1;
        double mean = sum / n;
        assertThat(mean * rate).isCloseTo(1, within(0.03));
        double variance = squares / n - mean * mean;
        assertThat(Math.sqrt(variance) / mean).isCloseTo(1, within(0.04));
        // a cell of 12 µm passes in 2.4 µs
        assertThat((double) shorter / n)
                .isCloseTo(EventMatching.expectedOverlap(rate, 2.4e-6), within(0.01));
    }

    @Test
    void numberOfCellsInAnIntervalHasVarianceEqualToItsMean() {
        CellStream stream = CellStream.poisson(MODEL, 1e5, 1, 0.1, 8);
        int[] counts = new int[1000];
        for (Cell c : stream.cells()) {
            counts[(int) (c.y() / 1e-4)]++;
        }
        double mean = 0;
        double squares = 0;
        for (int c : counts) {
            mean += c / 1000.0;
            squares += c * c / 1000.0;
        }
        assertThat((squares - mean * mean) / mean).isCloseTo(1, within(0.15));
    }

    @Test
    void classesHaveTheirSizes() {
        Rng rng = Rng.seed(5);
        int n = 6000;
        int[] counts = new int[3];
        double[] sums = new double[3];
        for (int i = 0; i < n; i++) {
            Cell c = MODEL.draw(0, rng);
            counts[c.kind().label()]++;
            sums[c.kind().label()] += c.diameter();
            switch (c.kind()) {
                case A -> assertThat(c.nucleus()).isZero();
                case B -> assertThat(c.nucleus()).isBetween(0.55, 0.7);
                case C -> assertThat(c.nucleus()).isBetween(0.2, 0.35);
            }
            assertThat(c.absorbance()).isBetween(0.25, 0.4);
            assertThat(c.x()).isBetween(c.halfWidth(), 40e-6 - c.halfWidth());
        }
        for (int k : counts) {
            assertThat(k).isBetween(1850, 2150);
        }
        assertThat(sums[0] / counts[0]).isCloseTo(8e-6, within(0.06e-6));
        assertThat(sums[1] / counts[1]).isCloseTo(12e-6, within(0.1e-6));
    }

    @Test
    void sameSeedSameCells() {
        CellStream a = CellStream.poisson(MODEL, 1e5, 5, 1e-3, 4);
        assertThat(CellStream.poisson(MODEL, 1e5, 5, 1e-3, 4).cells()).isEqualTo(a.cells());
        assertThat(CellStream.poisson(MODEL, 1e5, 5, 1e-3, 5).cells()).isNotEqualTo(a.cells());
    }

    @Test
    void rowIsTheProductOfTransmissions() {
        double edge = MODEL.visibleEdge();
        List<Cell> cells =
                List.of(
                        new Cell(Cell.Kind.B, 15e-6, 0, 12e-6, 0.6, 1.1, 0.7, 0.3, 0.28),
                        new Cell(Cell.Kind.A, 24e-6, 2e-6, 8e-6, 0, 0.9, 2, 0.4, 0));
        var stream = new CellStream(cells, edge, 40e-6);
        double[] line = new double[800]; // parts of 50 nm: hardly an average
        for (double y : new double[] {-9e-6, -5.9e-6, 0, 1.3e-6, 6e-6}) {
            stream.row(y, line);
            for (int i = 0; i < line.length; i++) {
                double x = (i + 0.5) * 50e-9;
                double t =
                        cells.get(0).transmission(x, y, edge)
                                * cells.get(1).transmission(x, y, edge);
                assertThat(line[i]).isCloseTo(t, within(1e-5));
            }
        }
    }

    @Test
    void coarseRowIsTheMeanOfAFineOne() {
        CellStream stream = CellStream.poisson(MODEL, 1e5, 5, 1e-3, 1);
        double[] fine = new double[64 * 64];
        double[] coarse = new double[64];
        int dark = 0;
        for (int k = 0; k < 100; k++) {
            double y = k * 5e-5 + 1e-5;
            stream.row(y, fine);
            stream.row(y, coarse);
            for (int i = 0; i < 64; i++) {
                double mean = 0;
                for (int j = 0; j < 64; j++) {
                    mean += fine[64 * i + j] / 64;
                }
                dark += mean < 0.9 ? 1 : 0;
                assertThat(coarse[i]).isCloseTo(mean, within(1e-3));
            }
        }
        assertThat(dark).isGreaterThan(50);
    }

    @Test
    void visibleEdgeHasTheVarianceOfTheConvolution() {
        // brute force: logistic edge of 0.15 µm under a Gaussian of 0.4 µm
        for (double at : new double[] {-0.8, -0.4, -0.1, 0, 0.3, 1}) {
            double sum = 0;
            double weights = 0;
            for (int i = -400; i <= 400; i++) {
                double t = i / 100.0;
                double w = Math.exp(-t * t / 2 / 0.16);
                sum += w * Logistic.exact((at - t) / 0.15);
                weights += w;
            }
            double logistic = Logistic.exact(at * 1e-6 / MODEL.visibleEdge());
            assertThat(logistic).isCloseTo(sum / weights, within(0.025));
        }
    }

    @Test
    void coincidenceNeedsCommonHeightsAndTouchingCommonPlaces() {
        var stream =
                new CellStream(
                        List.of(
                                cell(10e-6, 0, 8e-6),
                                cell(30e-6, 5e-6, 8e-6),
                                cell(20e-6, 20e-6, 8e-6),
                                cell(20e-6, 27.9e-6, 8e-6),
                                cell(20e-6, 40e-6, 8e-6)),
                        1e-7,
                        40e-6);
        assertThat(stream.coincident(0)).containsExactly(true, true, true, true, false);
        assertThat(stream.coincident(5e-6)).containsExactly(true, true, true, true, true);
        assertThat(stream.touching()).containsExactly(false, false, true, true, false);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> cell(0, 0, -1e-6))
                .hasMessage("cell: diameter must be positive, found -1.0E-6");
        assertThatThrownBy(() -> CellStream.poisson(MODEL, 0, 5, 1, 0))
                .hasMessage("cell stream: rate must be positive, found 0.0");
        assertThatThrownBy(() ->
                        new CellModel(
                                MODEL.types(),
                                MODEL.absorbance(),
                                0.28,
                                MODEL.ellipticity(),
                                1e-7,
                                4e-7,
                                10e-6))
                .hasMessageContaining("more than a field of 1.0E-5 m; widen the field");
    }
}
