package javelin.algorithms.fourierspi.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.algorithms.fourierspi.sensing.FairTiming;
import javelin.kernels.cpu.Workers;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OpponentStudiesTest {
    private static final FairTiming QUICK = new FairTiming(0, 1);

    /// Times are compared of what is compiled.
    private static final FairTiming WARM = new FairTiming(1, 3);

    @Test
    void othersOfTheKindCalibrate() {
        var speed = new SpeedStudy(32, 0.1, QUICK, 1);
        List<SpeedStudy.Target> all = speed.targets();
        assertThat(all).hasSize(4);
        for (SpeedStudy.Target t : all) {
            assertThat(t.calibration()).hasSameSizeAs(t.pixels());
            double alike = FairTiming.psnr(t.calibration(), t.pixels());
            assertThat(alike).as(t.name()).isLessThan(30);
        }
    }

    @Test
    void rowsSayWhoIsFasterAndWhoIsBetter() {
        var speed = new SpeedStudy(32, 0.1, WARM, 1);
        List<String> done = new ArrayList<>();
        var rows = speed.run(speed.targets().subList(0, 1), done::add);
        assertThat(done).containsExactly("QR code");
        assertThat(rows)
                .extracting(SpeedStudy.Row::solver)
                .containsExactly(
                        "total variation, structured",
                        "sparse cosines, structured",
                        "sparse wavelets, structured",
                        "hadamard imaging, differential",
                        "total variation, dense",
                        "linear, smooth, dense",
                        "linear, dense");
        for (SpeedStudy.Row row : rows) {
            assertThat(row.target()).isEqualTo("QR code");
            assertThat(row.lines()).isOne();
            assertThat(row.fourier().pulses()).isEqualTo(104);
            assertThat(row.fewestPulses().isPresent()).isEqualTo(row.gain() >= 0);
            assertThat(row.ownRatio()).isPositive();
        }
        assertThat(rows.getLast().ratio()).isNaN();
        assertThat(rows)
                .filteredOn(row -> row.solver().equals("total variation, dense"))
                .singleElement()
                .satisfies(row -> assertThat(row.ownRatio()).isGreaterThan(20));
    }

    @Test
    void fourierReadsMoreCodesInNoise() {
        List<String> opponents = List.of("admm", "linear, smooth");
        var rows = new NoiseStudy(4, 50, 8, 80, opponents, 1).run(new Workers(1));
        assertThat(rows)
                .extracting(NoiseStudy.Row::side)
                .containsExactly("fourier", "admm", "linear, smooth");
        NoiseStudy.Row fourier = rows.getFirst();
        assertThat(fourier.rate().trials()).isEqualTo(4);
        assertThat(fourier.rate().good()).isEqualTo(4);
        for (NoiseStudy.Row row : rows.subList(1, 3)) {
            assertThat(row.rate().good()).as(row.side()).isLessThan(fourier.rate().good());
            assertThat(row.psnr()).as(row.side()).isLessThan(fourier.psnr() - 2);
        }
        var loud = new NoiseStudy(2, 30, 8, 80, List.of(), 1).run(new Workers(1));
        assertThat(loud.getFirst().rate().good()).isZero();
        assertThatThrownBy(() -> new NoiseStudy(1, 50, 8, 7, opponents, 1))
                .hasMessageContaining("lines that divide 800; got 1 codes, 7 lines");
    }
}
