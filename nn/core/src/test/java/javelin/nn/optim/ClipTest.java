package javelin.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

import java.util.Map;

class ClipTest {
    private static final Map<String, Tensor> GRADIENTS =
            Map.of(
                    "a", Tensor.of(new float[] {3, 0}, 2),
                    "b", Tensor.of(new float[] {-4}, 1));

    @Test
    void normIsThatOfAllTogether() {
        assertThat(Clip.norm(GRADIENTS)).isCloseTo(5, within(1e-6));
    }

    @Test
    void byNormScalesAllAlikeOrNotAtAll() {
        var clipped = Clip.byNorm(GRADIENTS, 1);
        assertThat(clipped.get("a").floats()).containsExactly(0.6f, 0);
        assertThat(clipped.get("b").floats()).containsExactly(-0.8f);
        assertThat(Clip.byNorm(GRADIENTS, 5.1)).isSameAs(GRADIENTS);
    }

    @Test
    void byValueLimitsEachNumber() {
        var clipped = Clip.byValue(GRADIENTS, 3.5);
        assertThat(clipped.get("a").floats()).containsExactly(3, 0);
        assertThat(clipped.get("b").floats()).containsExactly(-3.5f);
        assertThat(GRADIENTS.get("b").floats()).containsExactly(-4);
    }

    @Test
    void limitIsPositive() {
        assertThatThrownBy(() -> Clip.byNorm(GRADIENTS, 0)).hasMessageContaining("limit");
    }
}
