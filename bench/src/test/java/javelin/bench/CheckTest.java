package javelin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import javelin.bench.conv.ConvLayer;
import javelin.bench.conv.ConvLayers;
import javelin.bench.conv.ConvProblem;
import javelin.bench.conv.Direction;
import javelin.bench.fft.FftProblem;
import javelin.bench.gemm.GemmProblem;
import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class CheckTest {
    private static Stream<ConvLayer> layers() {
        Stream<ConvLayer> grouped =
                Stream.of(
                        new ConvLayer(
                                "depthwise",
                                6,
                                5,
                                8,
                                Shape.of(3, 3, 1, 8),
                                Geometry.of(2, 1).groups(8),
                                1),
                        new ConvLayer(
                                "groups",
                                6,
                                5,
                                8,
                                Shape.of(3, 3, 4, 6),
                                Geometry.of(1, 2).dilation(2).groups(2),
                                1));
        var tails = ConvLayers.all().getOrDefault("tails", List.of());
        return Stream.concat(grouped, tails.stream().filter(l -> l.h() < 30));
    }

    /// The samples come from another formula than the reference backend's loops.
    @ParameterizedTest
    @EnumSource(Direction.class)
    void samplesAgreeWithTheReference(Direction direction) {
        layers().forEach(layer -> requireSamplesOf(new ConvProblem(layer, 2, direction)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"complex/24", "complex/9@3", "real/12", "real/15@2", "complex/6x10@2"})
    void samplesOfTransformsAgreeWithTheReference(String name) {
        requireSamplesOf(FftProblem.named(name));
    }

    private static void requireSamplesOf(KernelProblem.Sampled problem) {
        var exact = new KernelCase(problem, Backends.reference(), Mode.WARM);
        float[] y = exact.result();
        List<float[]> inputs = new ArrayList<>();
        for (int i = 0; i < problem.inputs().size(); i++) {
            inputs.add(exact.input(i));
        }
        for (int i = 0; i < y.length; i += 1 + y.length / 50) {
            var sample = problem.sample(inputs, i);
            assertThat((double) y[i])
                    .as("%s, element %d", problem.description(), i)
                    .isEqualTo(sample.value(), within(1e-6 * (1 + sample.magnitude())));
        }
    }

    @Test
    void aWrongResultHasNoTime() {
        for (var problem :
                List.of(
                        new GemmProblem("odd", 20, 30, 40),
                        FftProblem.named("complex/64"),
                        new GemmProblem("odd", 3, 5_000, 5_001))) { // whole, and in samples
            var operands = new Operands(problem, Backends.cpu(), Mode.WARM);
            float[] y = new KernelCase(problem, Backends.cpu(), Mode.WARM).result();
            var check = new Check(problem, operands);

            check.that(y);
            y[0] += 0.1f;
            assertThatThrownBy(() -> check.that(y))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(problem.name() + ": element 0 is")
                    .hasMessageContaining("was not timed");
        }
    }
}
