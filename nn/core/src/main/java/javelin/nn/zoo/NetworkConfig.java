package javelin.nn.zoo;

import javelin.nn.Module;
import javelin.tensor.Rng;

/// Configuration of a network of the zoo: a record with every width.
public sealed interface NetworkConfig
        permits LeNet5.Config,
                CifarResNet.Config,
                PreActResNet.Config,
                ResNet.Config,
                Vgg.Config,
                MobileNetV1.Config,
                MobileNetV2.Config,
                SphereNet.Config {
    /// The configuration as plain values, from which [Zoo#config] makes it again.
    ModelSpec spec();

    /// New network with weights drawn from `rng`, on the current backend.
    Module build(Rng rng);

    /// Channels of the images it takes.
    int channels();

    /// Number of classes it tells apart.
    int classes();
}
