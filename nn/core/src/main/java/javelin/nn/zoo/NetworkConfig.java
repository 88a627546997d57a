package javelin.nn.zoo;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.tensor.Rng;

import java.util.Map;

/// Configuration of a network of the zoo: a record with every width.
public sealed interface NetworkConfig
        permits LeNet5.Config,
                CifarResNet.Config,
                PreActResNet.Config,
                ResNet.Config,
                Vgg.Config,
                MobileNetV1.Config,
                MobileNetV2.Config,
                SphereNet.Config,
                PlainCnn.Config {
    /// The configuration as plain values, from which [Zoo#config] makes it again.
    ModelSpec spec();

    /// New network with weights drawn from `rng`, on the current backend.
    Module build(Rng rng);

    /// This with the widths of a state: the network that has tensors of these shapes.
    ///
    /// @param shapes shapes of a state by name, as [Module#state] of a network with other widths
    /// @throws IllegalArgumentException if a tensor is missing
    NetworkConfig resized(Map<String, Shape> shapes);

    /// Channels of the images it takes.
    int channels();

    /// Number of classes it tells apart.
    int classes();
}
