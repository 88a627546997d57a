package javelin.algorithms.fourierspi.cytometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BackgroundTest {
    @Test
    void isTheMedianOfEachColumn() {
        var background = new Background(2, 5);
        float[][] lines = {{1, 5}, {2, 4}, {30, 3}, {4, -20}};
        for (float[] line : lines) {
            background.add(line, 0);
        }
        assertThat(background.median()).isEqualTo(new float[] {3, 3.5f});
        background.add(new float[] {9, 9, 0, 6}, 2);
        assertThat(background.median()).isEqualTo(new float[] {2, 4});
        assertThat(background.filled()).isEqualTo(5);
    }

    @Test
    void followsWhatIsNewOnceHalfOfItIs() {
        var background = new Background(1, 5);
        for (int i = 0; i < 5; i++) {
            background.add(new float[] {1}, 0);
        }
        assertThat(background.median()).isEqualTo(new float[] {1});
        for (int i = 0; i < 3; i++) {
            background.add(new float[] {7}, 0);
        }
        assertThat(background.median()).isEqualTo(new float[] {7});
    }

    @Test
    void badInputIsNamed() {
        var background = new Background(3, 5);
        assertThatThrownBy(background::median)
                .hasMessage("background: has seen no empty line; add one first");
        assertThatThrownBy(() -> background.add(new float[4], 2))
                .hasMessage("background: needs 3 pixels from 2, found 4 in all");
    }
}
