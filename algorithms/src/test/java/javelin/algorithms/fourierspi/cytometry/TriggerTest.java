package javelin.algorithms.fourierspi.cytometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.algorithms.fourierspi.cytometry.Trigger.Signal;
import javelin.tensor.Rng;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class TriggerTest {
    /// `{begin, end}` of each event.
    private static List<List<Long>> events(Trigger trigger, float[] light) {
        List<List<Long>> events = new ArrayList<>();
        for (float v : light) {
            if (trigger.push(v) == Signal.END) {
                events.add(List.of(trigger.begin(), trigger.end()));
            }
        }
        if (trigger.finish() == Signal.END) {
            events.add(List.of(trigger.begin(), trigger.end()));
        }
        return events;
    }

    private static float[] flat(int n) {
        float[] light = new float[n];
        Arrays.fill(light, 100);
        return light;
    }

    private static void dark(float[] light, int from, int to, float by) {
        for (int i = from; i < to; i++) {
            light[i] -= by;
        }
    }

    @Test
    void findsTheEventsUnderDriftAndNoise() {
        Rng rng = Rng.seed(2);
        int n = 40_000;
        float[] light = new float[n];
        for (int i = 0; i < n; i++) {
            // drifts by forty standard deviations in all, and swings
            light[i] = (float) (100 + 20.0 * i / n + 5 * Math.sin(i / 3000.0));
            light[i] += (float) (0.5 * rng.nextGaussian());
        }
        for (int e = 0; e < 390; e++) {
            dark(light, 200 + 100 * e, 216 + 100 * e, 8);
        }
        var found = events(new Trigger(Trigger.Config.of(0.01)), light);
        assertThat(found).hasSize(390);
        for (int e = 0; e < 390; e++) {
            assertThat(found.get(e).get(0)).isEqualTo(200L + 100L * e);
            // one line in a hundred of noise alone is 2.5 standard deviations dark
            assertThat(found.get(e).get(1)).isBetween(216L + 100L * e, 218L + 100L * e);
        }
    }

    @Test
    void hysteresisHoldsAnEventTogether() {
        float[] light = flat(200);
        dark(light, 100, 110, 6);
        light[104] = 97; // 3 standard deviations: would not open, but keeps open
        var config = new Trigger.Config(31, 5, 2.5, 2, 50, 1);
        assertThat(events(new Trigger(config), light)).containsExactly(List.of(100L, 110L));
        var hard = new Trigger.Config(31, 5, 5, 2, 50, 1);
        assertThat(events(new Trigger(hard), light))
                .containsExactly(List.of(100L, 104L), List.of(105L, 110L));
    }

    @Test
    void beginIsToldAfterTheMinimumAndShorterOnesAreForgotten() {
        float[] light = flat(100);
        dark(light, 50, 52, 9);
        dark(light, 60, 63, 9);
        var trigger = new Trigger(new Trigger.Config(31, 5, 2.5, 3, 50, 1));
        Signal[] signals = new Signal[light.length];
        for (int i = 0; i < light.length; i++) {
            signals[i] = trigger.push(light[i]);
        }
        for (int i = 0; i < light.length; i++) {
            Signal expected = i == 62 ? Signal.BEGIN : i == 63 ? Signal.END : Signal.NONE;
            assertThat(signals[i]).as("line %d", i).isEqualTo(expected);
        }
        assertThat(trigger.begin()).isEqualTo(60);
        assertThat(trigger.end()).isEqualTo(63);
    }

    @Test
    void stepOfTheLightIsOneEventAndBecomesTheBackground() {
        float[] light = flat(400);
        dark(light, 100, 400, 20);
        dark(light, 300, 310, 9);
        var trigger = new Trigger(new Trigger.Config(31, 5, 2.5, 2, 40, 1));
        assertThat(events(trigger, light))
                .containsExactly(List.of(100L, 140L), List.of(300L, 310L));
        assertThat(trigger.background()).isEqualTo(80);
    }

    @Test
    void lightAloneIsNoEvent() {
        float[] light = flat(200);
        dark(light, 100, 110, -50);
        assertThat(events(new Trigger(Trigger.Config.of(1)), light)).isEmpty();
    }

    @Test
    void openEventEndsWithTheStream() {
        float[] light = flat(100);
        dark(light, 95, 100, 9);
        assertThat(events(new Trigger(Trigger.Config.of(1)), light))
                .containsExactly(List.of(95L, 100L));
    }

    @Test
    void backgroundIsTheMedianOfTheWindowAndNoiseItsDeviation() {
        Rng rng = Rng.seed(9);
        var trigger = new Trigger(new Trigger.Config(15, 50, 50, 2, 400, 1e-6));
        float[] all = new float[200];
        for (int i = 0; i < all.length; i++) {
            all[i] = rng.nextInt(12); // many equal values
            trigger.push(all[i]);
            int n = Math.min(15, i + 1);
            float[] window = Arrays.copyOfRange(all, i + 1 - n, i + 1);
            Arrays.sort(window);
            float median = window[(n - 1) / 2];
            float[] away = new float[n];
            for (int k = 0; k < n; k++) {
                away[k] = Math.abs(window[k] - median);
            }
            Arrays.sort(away);
            assertThat(trigger.background()).isEqualTo(median);
            assertThat(trigger.noise())
                    .isCloseTo(Math.max(1e-6, 1.4826 * away[(n - 1) / 2]), within(1e-6));
        }
    }

    @Test
    void falseAlarmsOfNoiseAreRare() {
        Rng rng = Rng.seed(1);
        float[] light = new float[100_000];
        for (int i = 0; i < light.length; i++) {
            light[i] = (float) rng.nextGaussian();
        }
        assertThat(events(new Trigger(Trigger.Config.of(1e-3)), light)).hasSizeLessThan(3);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> new Trigger.Config(30, 5, 2, 2, 40, 1))
                .hasMessage("trigger: window must be odd, found 30; take one more");
        assertThatThrownBy(() -> new Trigger.Config(31, 5, 6, 2, 40, 1))
                .hasMessageContaining("trigger: off must be in [0.0, 5.0], found 6.0");
        assertThatThrownBy(() -> new Trigger(Trigger.Config.of(1)).push(Float.NaN))
                .hasMessage("trigger: light of line 0 must be finite, found NaN");
    }
}
