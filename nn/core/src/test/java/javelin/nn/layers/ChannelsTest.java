package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.nn.Module;
import javelin.tensor.Rng;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One channel would broadcast to any number of them.
class ChannelsTest {
    static Stream<Module> layers() {
        return Stream.of(
                new BatchNorm(4),
                new GroupNorm(2, 4),
                new LayerNorm(4),
                new InstanceNorm(4),
                new InstanceNorm(4, 1e-5, true),
                new Prelu(4));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void otherChannelsAreRefusedAndChangeNothing(Module layer) {
        Map<String, List<Float>> before = values(layer);
        for (int channels : new int[] {1, 5, 8}) {
            Tensor x = Tensor.full(7, 2, 3, 3, channels);
            assertThatThrownBy(() -> layer.forward(x))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("4 channels")
                    .hasMessageContaining("[2, 3, 3, " + channels + "]");
        }
        assertThat(values(layer)).isEqualTo(before);
        assertThat(layer.forward(Tensor.full(7, 2, 3, 3, 4)).dim(3)).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void residualRefusesAnotherShape(Module layer) {
        var body = new Residual(new Linear(4, 1, Rng.seed(1)));
        assertThatThrownBy(() -> body.forward(layer.forward(Tensor.ones(2, 3, 3, 4))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("the body gives [2, 3, 3, 1], but the shortcut [2, 3, 3, 4]");
    }

    private static Map<String, List<Float>> values(Module layer) {
        Map<String, List<Float>> all = new TreeMap<>();
        layer.state()
                .forEach((name, t) -> {
                    float[] f = t.floats();
                    all.put(
                            name,
                            java.util.stream.IntStream.range(0, f.length)
                                    .mapToObj(i -> f[i])
                                    .toList());
                });
        return all;
    }
}
