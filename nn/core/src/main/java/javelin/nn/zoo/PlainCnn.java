package javelin.nn.zoo;

import static javelin.tensor.ops.Relu.relu;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// 3×3 convolutions without padding, each with ReLU; batch norm; a linear layer with ReLU; a linear
/// layer with batch norm that gives the logits. With 8, 16 and 24 channels and 32 units it is the
/// network for digits of the framework Burn.
///
/// @see "tracel-ai/burn, examples/import-model-weights"
public final class PlainCnn extends Module {
    static final String FAMILY = "plain-cnn";

    private final List<Conv2d> convs = new ArrayList<>();
    private final BatchNorm norm1;
    private final Linear fc1;
    private final Linear fc2;
    private final BatchNorm norm2;

    /// Every width of the network.
    ///
    /// @param height rows of the images, more than two per convolution
    /// @param width columns of the images, more than two per convolution
    /// @param channels channels of the images
    /// @param layers channels after each convolution
    /// @param hidden units of the first linear layer
    /// @param classes number of classes
    public record Config(
            int height, int width, int channels, List<Integer> layers, int hidden, int classes)
            implements NetworkConfig {
        /// Copies the list.
        public Config {
            layers = List.copyOf(layers);
        }

        /// The widths of Burn's network for digits.
        public static Config of(int height, int width, int channels, int classes) {
            return new Config(height, width, channels, List.of(8, 16, 24), 32, classes);
        }

        static Config of(Fields f) {
            return new Config(
                    f.number("height"),
                    f.number("width"),
                    f.number("channels"),
                    f.numbers("layers"),
                    f.number("hidden"),
                    f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("height", height);
            m.put("width", width);
            m.put("channels", channels);
            m.put("layers", layers);
            m.put("hidden", hidden);
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            List<Integer> resized = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                resized.add(Parts.width(s, "conv" + (i + 1)));
            }
            return new Config(height, width, channels, resized, Parts.width(s, "fc1"), classes);
        }

        @Override
        public Module build(Rng rng) {
            return new PlainCnn(this, rng);
        }

        private int features() {
            int border = 2 * layers.size();
            return Math.multiplyExact((height - border) * (width - border), layers.getLast());
        }
    }

    /// Network as configured.
    public PlainCnn(Config c, Rng rng) {
        int in = c.channels;
        for (int out : c.layers) {
            String name = "conv" + (convs.size() + 1);
            convs.add(child(name, new Conv2d(Conv2d.Config.of(in, out, 3), rng)));
            in = out;
        }
        norm1 = child("norm1", new BatchNorm(in));
        fc1 = child("fc1", new Linear(c.features(), c.hidden, rng));
        fc2 = child("fc2", new Linear(c.hidden, c.classes, rng));
        norm2 = child("norm2", new BatchNorm(c.classes));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (Conv2d conv : convs) {
            y = relu(conv.forward(y));
        }
        y = norm1.forward(y);
        y = relu(fc1.forward(y.reshape(y.dim(0), -1)));
        return norm2.forward(fc2.forward(y));
    }
}
