package javelin.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LayoutsTest {
    @Test
    void convolutionWeightGoesWhereTheFormulaSays() {
        int o = 2;
        int c = 3;
        int kh = 2;
        int kw = 4;
        float[] w = ramp(o * c * kh * kw);
        float[] ours = Layouts.convFromTorch(w, o, c, kh, kw);
        for (int q = 0; q < o; q++) {
            for (int r = 0; r < c; r++) {
                for (int i = 0; i < kh; i++) {
                    for (int j = 0; j < kw; j++) {
                        assertThat(ours[((i * kw + j) * c + r) * o + q])
                                .isEqualTo(w[((q * c + r) * kh + i) * kw + j]);
                    }
                }
            }
        }
        assertThat(Layouts.convToTorch(ours, kh, kw, c, o)).isEqualTo(w);
    }

    @Test
    void linearIsATransposition() {
        float[] w = {1, 2, 3, 4, 5, 6};
        assertThat(Layouts.linearFromTorch(w, 2, 3)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Layouts.linearToTorch(Layouts.linearFromTorch(w, 2, 3), 3, 2)).isEqualTo(w);
    }

    @Test
    void linearAfterFlattenGivesTheSameSum() {
        float[] x = ramp(2 * 3 * 4); // [1, c 2, h 3, w 4]
        float[] w = ramp(5 * 24);
        float[] ours = Layouts.linearAfterFlatten(w, 5, 2, 3, 4);
        float[] last = Layouts.imagesFromTorch(x, 1, 2, 3, 4);
        for (int o = 0; o < 5; o++) {
            float theirSum = 0;
            float ourSum = 0;
            for (int i = 0; i < 24; i++) {
                theirSum += x[i] * w[o * 24 + i];
                ourSum += last[i] * ours[i * 5 + o];
            }
            assertThat(ourSum).isEqualTo(theirSum);
        }
    }

    @Test
    void imagesGoThereAndBack() {
        float[] x = ramp(2 * 3 * 4 * 5);
        float[] last = Layouts.imagesFromTorch(x, 2, 3, 4, 5);
        assertThat(last[1]).isEqualTo(x[20]);
        assertThat(Layouts.imagesToTorch(last, 2, 4, 5, 3)).isEqualTo(x);
    }

    @Test
    void refusesAWrongNumberOfValues() {
        assertThatThrownBy(() -> Layouts.linearFromTorch(new float[5], 2, 3))
                .hasMessage("layouts: 5 values do not fill [2, 3]");
    }

    private static float[] ramp(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
        }
        return x;
    }
}
