package javelin.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.nn.layers.BatchNorm;
import javelin.tensor.Tensor;

import org.junit.jupiter.api.Test;

class EmaTest {
    private static void set(BatchNorm model, double value) {
        model.state().values().forEach(t -> t.assign(Tensor.full(value, 2)));
    }

    private static double weight(BatchNorm model) {
        return model.parameters().get("weight").doubles()[0];
    }

    @Test
    void followsWithGrowingDecay() {
        var model = new BatchNorm(2);
        set(model, 0);
        var ema = new Ema(model, 0.25);
        set(model, 1);
        double expected = 0;
        for (int t = 1; t <= 3; t++) {
            ema.update(model);
            double kept = Math.min(0.25, (1.0 + t) / (10 + t)); // 2/11, then 0.25
            expected = kept * expected + (1 - kept);
        }
        double found = ema.with(model, () -> weight(model));
        assertThat(found).isCloseTo(expected, within(1e-6));
    }

    @Test
    void buffersAreAveragedToo() {
        var model = new BatchNorm(2);
        set(model, 0);
        var ema = new Ema(model, 0.5);
        set(model, 1);
        ema.update(model);
        double mean = ema.with(model, () -> model.buffers().get("running_mean").doubles()[0]);
        assertThat(mean).isCloseTo(9.0 / 11, within(1e-6));
    }

    @Test
    void valuesComeBackAlsoAfterAFailure() {
        var model = new BatchNorm(2);
        set(model, 3);
        var ema = new Ema(model, 0.9);
        set(model, 5);
        assertThat(ema.with(model, () -> weight(model))).isEqualTo(3);
        assertThat(weight(model)).isEqualTo(5);
        assertThatThrownBy(() ->
                        ema.with(
                                model,
                                () -> {
                                    throw new IllegalStateException("stop");
                                }))
                .hasMessage("stop");
        assertThat(weight(model)).isEqualTo(5);
    }

    @Test
    void restoredStateContinuesWithTheSameBits() {
        var model = new BatchNorm(2);
        set(model, 0.3);
        var ema = new Ema(model, 0.9);
        set(model, 0.7);
        ema.update(model);
        var resumed = new Ema(model, 0.9);
        resumed.load(ema.state());
        ema.update(model);
        resumed.update(model);
        ema.state()
                .forEach((name, t) -> {
                    if (t.type().isFloat()) {
                        assertThat(resumed.state().get(name).floats()).isEqualTo(t.floats());
                    }
                });
        assertThatThrownBy(() -> resumed.load(model.state())).hasMessageContaining("ema");
    }
}
