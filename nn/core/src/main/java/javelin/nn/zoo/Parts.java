package javelin.nn.zoo;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.Activation;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;

import java.util.LinkedHashMap;
import java.util.Map;

/// Combinations of layers that several networks share.
final class Parts {
    private Parts() {}

    /// Channels that the weight of that name makes.
    ///
    /// @throws IllegalArgumentException if there is no such weight
    static int width(Map<String, Shape> shapes, String layer) {
        Shape weight = shapes.get(layer + ".weight");
        if (weight == null || weight.rank() < 2) {
            throw new IllegalArgumentException("zoo: no weight of layer '%s'".formatted(layer));
        }
        return weight.dim(-1);
    }

    /// Convolution without bias, padded by half its window.
    static Conv2d conv(int in, int out, int size, int stride, Rng rng) {
        return new Conv2d(Conv2d.Config.same(in, out, size).stride(stride).bias(false), rng);
    }

    /// Convolution of each channel by itself, without bias, padded by half its window.
    static Conv2d depthwise(int channels, int size, int stride, Rng rng) {
        return new Conv2d(
                Conv2d.Config.same(channels, channels, size)
                        .stride(stride)
                        .groups(channels)
                        .bias(false),
                rng);
    }

    /// A convolution, batch norm and, if given, an activation, named `conv`, `bn`, `act`.
    static Sequential normed(Conv2d conv, int channels, Activation... activation) {
        var layers = new LinkedHashMap<String, Module>();
        layers.put("conv", conv);
        layers.put("bn", new BatchNorm(channels));
        if (activation.length > 0) {
            layers.put("act", activation[0]);
        }
        return new Sequential(layers);
    }
}
