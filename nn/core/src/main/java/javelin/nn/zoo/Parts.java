package javelin.nn.zoo;

import javelin.nn.Module;
import javelin.nn.layers.Activation;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;

import java.util.LinkedHashMap;

/// Combinations of layers that several networks share.
final class Parts {
    private Parts() {}

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
