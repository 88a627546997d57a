package javelin.nn.zoo;

import static javelin.tensor.ops.AveragePool2d.averagePool2d;
import static javelin.tensor.ops.Tanh.tanh;

import javelin.kernels.Shape;
import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/// LeNet-5 for images of 28×28 (padded to 32×32 by the first convolution) or any other size from
/// 12×12: two 5×5 convolutions with tanh and 2×2 mean pooling, three linear layers.
///
/// Other than in the paper, pooling has no trained scale, the second convolution sees all channels
/// of the first, and the last layer gives logits instead of radial basis functions.
///
/// @see "LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document
///   recognition, 1998, section II.B"
public final class LeNet5 extends Module {
    static final String FAMILY = "lenet5";

    private final Conv2d conv1;
    private final Conv2d conv2;
    private final Linear fc1;
    private final Linear fc2;
    private final Linear fc3;

    /// Every width of the network.
    ///
    /// @param height rows of the images
    /// @param width columns of the images
    /// @param channels channels of the images
    /// @param conv1 channels after the first convolution
    /// @param conv2 channels after the second convolution
    /// @param fc1 units of the first linear layer
    /// @param fc2 units of the second linear layer
    /// @param classes number of classes
    public record Config(
            int height,
            int width,
            int channels,
            int conv1,
            int conv2,
            int fc1,
            int fc2,
            int classes)
            implements NetworkConfig {
        /// The published widths.
        public static Config of(int height, int width, int channels, int classes) {
            return new Config(height, width, channels, 6, 16, 120, 84, classes);
        }

        static Config of(Fields f) {
            return new Config(
                    f.number("height"),
                    f.number("width"),
                    f.number("channels"),
                    f.number("conv1"),
                    f.number("conv2"),
                    f.number("fc1"),
                    f.number("fc2"),
                    f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("height", height);
            m.put("width", width);
            m.put("channels", channels);
            m.put("conv1", conv1);
            m.put("conv2", conv2);
            m.put("fc1", fc1);
            m.put("fc2", fc2);
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            return new Config(
                    height,
                    width,
                    channels,
                    Parts.width(s, "conv1"),
                    Parts.width(s, "conv2"),
                    Parts.width(s, "fc1"),
                    Parts.width(s, "fc2"),
                    classes);
        }

        @Override
        public Module build(Rng rng) {
            return new LeNet5(this, rng);
        }

        private int features() {
            return (height / 2 - 4) / 2 * ((width / 2 - 4) / 2) * conv2;
        }
    }

    /// Network as configured.
    public LeNet5(Config c, Rng rng) {
        conv1 = child("conv1", new Conv2d(Conv2d.Config.same(c.channels, c.conv1, 5), rng));
        conv2 = child("conv2", new Conv2d(Conv2d.Config.of(c.conv1, c.conv2, 5), rng));
        fc1 = child("fc1", new Linear(c.features(), c.fc1, rng));
        fc2 = child("fc2", new Linear(c.fc1, c.fc2, rng));
        fc3 = child("fc3", new Linear(c.fc2, c.classes, rng));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = pool(tanh(conv1.forward(x)));
        y = pool(tanh(conv2.forward(y)));
        y = y.reshape(y.dim(0), -1);
        return fc3.forward(tanh(fc2.forward(tanh(fc1.forward(y)))));
    }

    private static Tensor pool(Tensor x) {
        return averagePool2d(x, Windows.Sliding.of(2, 2, 0), true);
    }
}
