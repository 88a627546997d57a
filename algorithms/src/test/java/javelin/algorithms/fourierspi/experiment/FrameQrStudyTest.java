package javelin.algorithms.fourierspi.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.algorithms.fourierspi.instrument.InstrumentConfig;
import javelin.kernels.cpu.Workers;

import org.junit.jupiter.api.Test;

import java.util.List;

class FrameQrStudyTest {
    /// A code of 29 modules needs about 30 cycles across the field: 12 % of 128² pixels in squares.
    @Test
    void codesAreReadOnceTheirModulesAreResolved() {
        assertThat(study(0.16).run(new Workers(2)).rate().good()).isGreaterThanOrEqualTo(3);
        assertThat(study(0.03).run(new Workers(2)).rate().good()).isZero();
    }

    private static FrameQrStudy study(double ratio) {
        return new FrameQrStudy(128, ratio, InstrumentConfig.FRAMES, List.of(1), 4, 3);
    }

    @Test
    void theSameSeedGivesTheSamePictures() {
        var study = new FrameQrStudy(32, 0.2, InstrumentConfig.FRAMES, List.of(1), 2, 5);
        QrStudy.Result one = study.run(new Workers(1));
        QrStudy.Result two = study.run(new Workers(2));
        assertThat(two.psnr()).isEqualTo(one.psnr());
        assertThat(two.examples().getFirst().picture())
                .isEqualTo(one.examples().getFirst().picture());
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(
                        () -> new FrameQrStudy(64, 0.1, InstrumentConfig.FRAMES, List.of(), 4, 3))
                .hasMessageContaining("needs codes and versions");
    }
}
