package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javelin.kernels.Backend;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.conv.Geometry;
import javelin.kernels.elementwise.Binary;
import javelin.kernels.pool.Windows;
import javelin.kernels.resize.Interpolation;
import javelin.nn.Module;
import javelin.nn.init.Init;
import javelin.nn.layers.Activation.Function;
import javelin.tensor.Op;
import javelin.tensor.Rng;
import javelin.tensor.Saved;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/// Gradients of every layer against finite differences.
class GradientTest {
    private record Case(
            String name,
            java.util.function.Function<Rng, Module> layer,
            double low,
            double high,
            Shape input) {}

    private static Case layer(
            String name, java.util.function.Function<Rng, Module> layer, int... input) {
        return new Case(name, layer, -1, 1, Shape.of(input));
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(layer("linear", r -> new Linear(3, 4, r), 2, 5, 3));
        cases.add(
                layer(
                        "conv2d",
                        r -> new Conv2d(Conv2d.Config.same(3, 4, 3).stride(2), r),
                        2,
                        5,
                        6,
                        3));
        cases.add(
                layer(
                        "conv2d groups",
                        r -> new Conv2d(Conv2d.Config.of(4, 6, 2).groups(2), r),
                        2,
                        4,
                        4,
                        4));
        cases.add(
                layer(
                        "conv transpose",
                        r ->
                                new ConvTranspose2d(
                                        ConvTranspose2d.Config.of(4, 3, 3, 2, 1).extra(1), r),
                        2,
                        3,
                        4,
                        4));
        cases.add(
                layer(
                        "conv transpose groups",
                        r ->
                                new ConvTranspose2d(
                                        ConvTranspose2d.Config.of(4, 6, 4, 2, 1).groups(2), r),
                        1,
                        3,
                        2,
                        4));
        cases.add(
                layer(
                        "depthwise separable",
                        r -> new DepthwiseSeparableConv2d(3, 5, 3, 2, r),
                        2,
                        5,
                        4,
                        3));
        cases.add(layer("batch norm", _ -> scaled(new BatchNorm(3)), 4, 2, 2, 3));
        cases.add(
                layer(
                        "batch norm inference",
                        _ -> {
                            Module m = scaled(new BatchNorm(3));
                            m.training(false);
                            return m;
                        },
                        4,
                        3));
        cases.add(layer("layer norm", _ -> scaled(new LayerNorm(5)), 2, 3, 5));
        cases.add(layer("group norm", _ -> scaled(new GroupNorm(2, 6)), 2, 3, 2, 6));
        cases.add(layer("instance norm", _ -> scaled(new InstanceNorm(3, 1e-5, true)), 2, 3, 4, 3));
        cases.add(layer("max pool", _ -> new MaxPool2d(3, 2, 1), 2, 6, 5, 3));
        cases.add(layer("average pool", _ -> new AveragePool2d(3, 2, 1, true), 2, 6, 5, 3));
        cases.add(
                layer(
                        "average pool inside",
                        _ -> new AveragePool2d(Windows.Sliding.of(3, 2, 1), false),
                        2,
                        6,
                        5,
                        3));
        cases.add(layer("adaptive pool", _ -> new AdaptiveAveragePool2d(2, 3), 2, 5, 4, 2));
        cases.add(layer("global pool", _ -> new GlobalAveragePool(), 2, 3, 4, 2));
        for (Function f : Function.values()) {
            cases.add(new Case(f.toString(), _ -> new Activation(f), 0.1, 2.9, Shape.of(3, 4)));
            cases.add(new Case(f + " below 0", _ -> new Activation(f), -2.9, -0.1, Shape.of(3, 4)));
        }
        cases.add(new Case("leaky relu", _ -> new LeakyRelu(0.2), -2, -0.1, Shape.of(3, 4)));
        cases.add(new Case("prelu", _ -> new Prelu(4), -2, -0.1, Shape.of(3, 4)));
        cases.add(new Case("prelu of one slope", _ -> new Prelu(1), -2, -0.1, Shape.of(3, 4)));
        cases.add(layer("dropout", r -> new Dropout(0.4, r), 5, 6));
        cases.add(layer("drop path", r -> new DropPath(0.4, r), 5, 2, 3));
        cases.add(layer("flatten", _ -> new Flatten(), 2, 3, 2, 2));
        cases.add(layer("identity", _ -> new Identity(), 2, 3));
        cases.add(layer("pixel shuffle", _ -> new PixelShuffle(2), 1, 2, 3, 8));
        cases.add(layer("pixel unshuffle", _ -> new PixelUnshuffle(2), 1, 4, 6, 3));
        cases.add(layer("up nearest", _ -> new Upsample(2), 1, 3, 2, 2));
        cases.add(
                layer(
                        "up bicubic",
                        _ -> new Upsample(3, new Interpolation.Bicubic(-0.5, false)),
                        1,
                        4,
                        3,
                        2));
        cases.add(
                layer(
                        "residual",
                        r ->
                                new Residual(
                                        new Sequential(new Linear(3, 4, r), Activation.tanh()),
                                        new Linear(3, 4, r),
                                        new Activation(Function.SILU)),
                        2,
                        3));
        cases.add(
                layer(
                        "dilated conv2d without bias",
                        r ->
                                new Conv2d(
                                        new Conv2d.Config(
                                                2,
                                                3,
                                                3,
                                                2,
                                                Geometry.of(1, 1).dilation(2),
                                                false,
                                                Init.xavierUniform(1)),
                                        r),
                        1,
                        6,
                        5,
                        2));
        return cases;
    }

    /// Scales and shifts other than 1 and 0.
    private static Module scaled(Module norm) {
        Rng rng = Rng.seed(9);
        norm.parameters().values().forEach(p -> p.assign(rng.uniform(0.5, 2, p.shape().dims())));
        return norm;
    }

    @TestFactory
    List<DynamicTest> matchFiniteDifferences() {
        return cases().stream()
                .map(c ->
                        DynamicTest.dynamicTest(
                                c.name,
                                () ->
                                        assertThatNoException()
                                                .isThrownBy(() ->
                                                        LayerCheck.gradients(
                                                                c.layer, c.low, c.high, c.input))))
                .toList();
    }

    /// `y = x · w`, with a gradient that is a part in ten thousand too large: of the input, or of
    /// the weight.
    private record Slope(boolean input) implements Op {
        @Override
        public Shape shape(List<Shape> in) {
            return in.getFirst();
        }

        @Override
        public void forward(Backend on, List<View> in, View out) {
            on.run(Binary.MUL, in, out);
        }

        @Override
        public List<@Nullable Tensor> vjp(Saved saved, Tensor dy) {
            Tensor dx = dy.mul(saved.input(1));
            Tensor dw = dy.mul(saved.input(0));
            return List.of(input ? dx.mul(1.0001) : dx, input ? dw : dw.mul(1.0001));
        }
    }

    private static final class Sloped extends Module {
        private final Tensor weight;
        private final boolean input;

        Sloped(boolean input, Rng rng) {
            weight = param("weight", rng.uniform(0.5, 2, 3));
            this.input = input;
        }

        @Override
        public Tensor forward(Tensor x) {
            return Tensor.apply(new Slope(input), x, weight);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wrongGradientsAreFound(boolean input) {
        assertThatThrownBy(
                        () -> LayerCheck.gradients(r -> new Sloped(input, r), 0.5, 1, Shape.of(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(input ? "argument 0" : "gradient of weight");
    }
}
