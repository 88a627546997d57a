package javelin.algorithms.fourierspi.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

class DrawingsTest {
    @Test
    void phantomHasItsKnownValues() {
        float[] p = Drawings.phantom(128);
        assertThat(p[0]).isZero();
        assertThat(p[64 * 128 + 64]).isCloseTo(0.2f, within(1e-6f)); // 1 − 0.8, in the middle
        assertThat(p[8 * 128 + 64]).isCloseTo(1, within(1e-6f)); // the skull
        assertThat(p[41 * 128 + 64]).isCloseTo(0.3f, within(1e-6f)); // the large tumour, above
    }

    @Test
    void otherPhantomsHaveTheSameSkull() {
        float[] p = Drawings.phantom(64);
        float[] q = Drawings.phantom(64, Rng.seed(1));
        assertThat(q).isEqualTo(Drawings.phantom(64, Rng.seed(1)));
        int same = 0;
        for (int i = 0; i < p.length; i++) {
            same += p[i] == q[i] ? 1 : 0;
            assertThat(p[i] == 1).isEqualTo(q[i] == 1);
        }
        assertThat(same).isBetween(p.length / 2, p.length * 19 / 20);
    }

    @Test
    void starIsHalfLight() {
        double sum = 0;
        for (float v : Drawings.siemensStar(128, 16)) {
            sum += v;
        }
        double disc = Math.PI * 0.95 * 0.95 / 4 * 128 * 128;
        assertThat(sum / disc).isCloseTo(0.5, within(0.02));
    }

    @Test
    void naturalFieldFillsItsRangeAndFollowsItsSeed() {
        float[] f = Drawings.naturalField(32, Rng.seed(3));
        float low = 1;
        float high = 0;
        for (float v : f) {
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        assertThat(low).isZero();
        assertThat(high).isEqualTo(1);
        assertThat(Drawings.naturalField(32, Rng.seed(3))).isEqualTo(f);
        assertThat(Drawings.naturalField(32, Rng.seed(4))).isNotEqualTo(f);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> Drawings.phantom(0)).hasMessageContaining("side");
        assertThatThrownBy(() -> QrCode.random(5, Rng.seed(1))).hasMessageContaining("1 to 4");
        assertThatThrownBy(() -> QrCode.of("A".repeat(200), 1, QrCode.Correction.H))
                .hasMessageContaining("200 characters do not fit version 1");
    }
}
