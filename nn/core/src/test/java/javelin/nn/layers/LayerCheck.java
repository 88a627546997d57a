package javelin.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Backends;
import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.tensor.Autograd;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.check.GradCheck;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.function.Function;

/// Compares the gradients of a layer, with respect to its input and to each of its parameters, with
/// central differences in 64 bits.
final class LayerCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;

    private LayerCheck() {}

    /// Checks the layer that `make` gives, in training mode, on inputs in `[low, high)`.
    static void gradients(Function<Rng, Module> make, double low, double high, Shape input) {
        Backends.with(Backends.reference(), () -> check(make, low, high, input));
    }

    private static void check(Function<Rng, Module> make, double low, double high, Shape input) {
        Module layer = make.apply(Rng.seed(1));
        var randomness = new LinkedHashMap<String, Rng.State>();
        layer.generators().forEach((name, rng) -> randomness.put(name, rng.state()));
        GradCheck.of(
                        layer.getClass().getSimpleName(),
                        x -> {
                            layer.loadGenerators(randomness);
                            return layer.forward(x.getFirst());
                        })
                .on(input)
                .in(low, high)
                .run();
        Rng rng = Rng.seed(2);
        Tensor x = rng.uniform(low, high, input.dims());
        layer.loadGenerators(randomness);
        Tensor w = rng.uniform(-1, 1, layer.forward(x).shape().dims());
        Function<Tensor, Tensor> value =
                at -> {
                    layer.loadGenerators(randomness);
                    return layer.forward(at).mul(w).sum();
                };
        layer.parameters().forEach((name, p) -> compare(name, p, x, value, rng));
    }

    private static void compare(
            String name, Tensor p, Tensor x, Function<Tensor, Tensor> value, Rng rng) {
        Tensor gradient = Autograd.backward(value.apply(x)).of(p);
        Tensor direction = rng.uniform(-1, 1, p.shape().dims());
        double[] here = p.doubles();
        double up = moved(p, here, direction, STEP, x, value);
        double down = moved(p, here, direction, -STEP, x, value);
        p.assign(Tensor.of(here, p.shape().dims()));
        double found = gradient.mul(direction).sum().item();
        double expected = (up - down) / (2 * STEP);
        double scale = Math.max(gradient.mul(direction).abs().sum().item(), 1e-3);
        assertThat(Math.abs(found - expected) / scale)
                .as("gradient of %s: %s, finite difference %s", name, found, expected)
                .isLessThan(TOLERANCE);
    }

    private static double moved(
            Tensor p,
            double[] from,
            Tensor direction,
            double step,
            Tensor x,
            Function<Tensor, Tensor> value) {
        double[] d = direction.doubles();
        double[] to = from.clone();
        Arrays.setAll(to, i -> from[i] + step * d[i]);
        p.assign(Tensor.of(to, p.shape().dims()));
        return value.apply(x).item();
    }
}
