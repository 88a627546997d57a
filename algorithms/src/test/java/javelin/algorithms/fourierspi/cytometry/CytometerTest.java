package javelin.algorithms.fourierspi.cytometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.experiment.CytometryStudy;
import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.algorithms.fourierspi.instrument.LineCamera;
import javelin.algorithms.fourierspi.instrument.Preset;
import javelin.algorithms.fourierspi.instrument.Recording;
import javelin.algorithms.fourierspi.stream.LineStream;
import javelin.kernels.cpu.Workers;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CytometerTest {
    private static final Preset PRESET = Preset.CYTO_100K;
    private static final InstrumentConfig PARTS =
            InstrumentConfig.TYPICAL.withSampling(12, 4).withSnr(45);
    private static final LineCamera CAMERA =
            new LineCamera(PRESET.config(PARTS.withSnr(52)), PRESET.schedule(), Rng.seed(1));
    private static final double PITCH = CAMERA.instrument().pitch();
    private static final int LINES = 256;

    private static Cytometer cytometer() {
        return new Cytometer(
                EventFinder.Config.of(1e-4),
                new Segmentation.Config(
                        PRESET.field(), Resampling.CUBIC, Threshold.OTSU, 0.1, 15e-12, 0.2),
                PITCH,
                _ -> 0);
    }

    private static Recording record(List<Cell> cells, int lines) {
        var stream = new CellStream(cells, 0.3e-6, PRESET.field());
        return CAMERA.instrument().record(stream, lines, 0, Rng.seed(2));
    }

    @Test
    void cellsAreFoundWhereTheyAre() {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double x = (10 + 2 * i % 20) * 1e-6;
            cells.add(ImagesOfCells.disc(x, (60 + 15 * i) * PITCH, 10e-6));
        }
        Recording r = record(cells, LINES);
        var found = cytometer().run(r.codes(), r.step(), CAMERA.reconstruction(32));
        assertThat(found.begins()).hasSize(12);
        assertThat(found.cells()).hasSize(12);
        for (int i = 0; i < 12; i++) {
            MeasuredCell c = found.cells().get(i);
            Cell truth = cells.get(i);
            assertThat(c.x()).isCloseTo(truth.x(), within(0.8e-6));
            // frequency 0 comes first in a line, so a cell is seen where it is then
            assertThat(c.y()).isCloseTo(truth.y(), within(0.8e-6));
            assertThat(c.features().diameter()).isCloseTo(10e-6, within(2.5e-6));
            assertThat(found.begins()[i]).isLessThan(c.y());
            assertThat(found.ends()[i]).isGreaterThan(c.y());
        }
    }

    /// However many pixels are reconstructed, a cell is where it is.
    @Test
    void placesAcrossDoNotDependOnThePixels() {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            cells.add(ImagesOfCells.disc((12 + 1.3 * i) * 1e-6, (60 + 15 * i) * PITCH, 10e-6));
        }
        Recording r = record(cells, LINES);
        for (int pixels : new int[] {32, 64, 128}) {
            var found = cytometer().run(r.codes(), r.step(), CAMERA.reconstruction(pixels));
            assertThat(found.cells()).hasSize(12);
            double bias = 0;
            for (int i = 0; i < 12; i++) {
                bias += (found.cells().get(i).x() - cells.get(i).x()) / 12;
            }
            assertThat(bias).as("%d pixels", pixels).isCloseTo(0, within(0.1e-6));
        }
    }

    @Test
    void cellsCloseTogetherAreOneEventAndTwoCells() {
        var cells =
                List.of(
                        ImagesOfCells.disc(10e-6, 100 * PITCH, 10e-6),
                        ImagesOfCells.disc(28e-6, 104 * PITCH, 10e-6));
        Recording r = record(cells, LINES);
        var found = cytometer().run(r.codes(), r.step(), CAMERA.reconstruction(64));
        assertThat(found.begins()).hasSize(1);
        assertThat(found.cells()).hasSize(2);
    }

    @Test
    void emptyFlowHasNoEvents() {
        Recording r = record(List.of(), LINES);
        var found = cytometer().run(r.codes(), r.step(), CAMERA.reconstruction(32));
        assertThat(found.begins()).isEmpty();
        assertThat(found.cells()).isEmpty();
    }

    @Test
    void streamFindsWhatTheRecordingHolds() {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            cells.add(ImagesOfCells.disc(20e-6, (60 + 18 * i) * PITCH, 10e-6));
        }
        Recording r = record(cells, LINES);
        var streamed =
                cytometer().stream(
                        new LineStream(LINES, 64, 0),
                        r.codes(),
                        r.step(),
                        CAMERA.reconstruction(32),
                        1,
                        0.3);
        long rounds = streamed.stream().lines() / LINES;
        assertThat(rounds).isGreaterThan(5);
        assertThat(streamed.stream().lost()).isZero();
        assertThat(streamed.events()).isEqualTo(10 * rounds);
        assertThat(streamed.cells()).isEqualTo(10 * rounds);
        assertThat(streamed.kinds()).containsExactly(10 * rounds);
    }

    @Test
    void faultOfTheClassifierReachesTheCaller() {
        Recording r = record(List.of(ImagesOfCells.disc(20e-6, 100 * PITCH, 10e-6)), LINES);
        var bad =
                cytometer()
                        .with(_ -> {
                            throw new IllegalStateException("no class");
                        });
        assertThatThrownBy(() ->
                        bad.stream(
                                new LineStream(LINES, 8, 0),
                                r.codes(),
                                r.step(),
                                CAMERA.reconstruction(32),
                                1,
                                0.1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no class");
    }

    @Test
    void classesAreToldApart() {
        var workers = new Workers(2);
        var study = new CytometryStudy(PRESET, PARTS, 240, 150, 7);
        CytometryStudy.Accuracy found = study.accuracy(workers);
        assertThat(found.events().detectionRate()).isGreaterThanOrEqualTo(0.99);
        assertThat(found.events().doubled()).isZero();
        assertThat(found.found()).isGreaterThanOrEqualTo(0.99);
        assertThat(found.correlation()).isGreaterThan(0.88);
        assertThat(found.linear().accuracy()).isGreaterThan(0.9);
        for (double a : found.areas()) {
            assertThat(a).isGreaterThan(0.95);
        }
        var wrong = new Preset("qr-line", 4, 20, 128, 40e-6, 5);
        CytometryStudy.Accuracy coarse =
                new CytometryStudy(wrong, PARTS, 240, 150, 7).accuracy(workers);
        assertThat(coarse.linear().accuracy()).isLessThan(found.linear().accuracy() - 0.05);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> cytometer().run(new short[33], 1, CAMERA.reconstruction(64)))
                .hasMessage("cytometer: 33 samples are not whole lines of 32");
        assertThatThrownBy(() -> new CytometryStudy(PRESET, PARTS, 3, 3, 0))
                .hasMessageContaining("needs 30 cells to learn from");
        assertThatThrownBy(() -> new CytometryStudy(PRESET, InstrumentConfig.IDEAL, 90, 3, 0))
                .hasMessage("cytometry study: needs a converter, found none");
    }
}
