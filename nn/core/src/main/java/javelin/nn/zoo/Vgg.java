package javelin.nn.zoo;

import static javelin.tensor.ops.AveragePool2d.averagePool2d;

import javelin.kernels.Shape;
import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.nn.layers.Activation;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Dropout;
import javelin.nn.layers.Linear;
import javelin.nn.layers.MaxPool2d;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// VGG networks: 3×3 convolutions with bias (and batch norm, if wanted) and ReLU, 2×2 max pooling
/// between them; the image is averaged to a fixed size, then linear layers.
///
/// For small images there is one linear layer behind a single averaged pixel, as in the networks of
/// the pruning literature.
///
/// @see "Simonyan and Zisserman, Very deep convolutional networks, 2015, Table 1"
public final class Vgg extends Module {
    static final String FAMILY = "vgg";

    /// Marks a pooling in the list of layers.
    public static final int POOL = 0;

    private final Sequential features;
    private final Windows pooling;
    private final Sequential classifier;

    /// Every width of the network.
    ///
    /// @param channels channels of the images
    /// @param layers channels after each convolution, and [#POOL] for each pooling
    /// @param batchNorm whether each convolution is followed by batch norm
    /// @param pooled side of the image that the linear layers see
    /// @param hidden units of the linear layers but the last
    /// @param dropout probability of dropping a hidden unit
    /// @param classes number of classes
    public record Config(
            int channels,
            List<Integer> layers,
            boolean batchNorm,
            int pooled,
            List<Integer> hidden,
            double dropout,
            int classes)
            implements NetworkConfig {
        /// Copies the lists.
        public Config {
            layers = List.copyOf(layers);
            hidden = List.copyOf(hidden);
        }

        /// VGG-16 (configuration D) or VGG-19 (E) for large images.
        ///
        /// @throws IllegalArgumentException for another depth
        public static Config of(int depth, boolean batchNorm, int channels, int classes) {
            return new Config(
                    channels, layers(depth, true), batchNorm, 7, List.of(4096, 4096), 0.5, classes);
        }

        /// VGG-16 or VGG-19 with batch norm for images of 32×32.
        ///
        /// @throws IllegalArgumentException for another depth
        public static Config small(int depth, int channels, int classes) {
            return new Config(channels, layers(depth, false), true, 1, List.of(), 0, classes);
        }

        private static List<Integer> layers(int depth, boolean lastPool) {
            if (depth != 16 && depth != 19) {
                throw new IllegalArgumentException("zoo: VGG has depth 16 or 19, not " + depth);
            }
            int deep = depth == 16 ? 3 : 4;
            int[] counts = {2, 2, deep, deep, deep};
            int[] widths = {64, 128, 256, 512, 512};
            List<Integer> layers = new ArrayList<>();
            for (int stage = 0; stage < 5; stage++) {
                for (int i = 0; i < counts[stage]; i++) {
                    layers.add(widths[stage]);
                }
                if (stage < 4 || lastPool) {
                    layers.add(POOL);
                }
            }
            return layers;
        }

        static Config of(Fields f) {
            return new Config(
                    f.number("channels"),
                    f.numbers("layers"),
                    f.flag("batch_norm"),
                    f.number("pooled"),
                    f.numbers("hidden"),
                    f.real("dropout"),
                    f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("channels", channels);
            m.put("layers", layers);
            m.put("batch_norm", batchNorm);
            m.put("pooled", pooled);
            m.put("hidden", hidden);
            m.put("dropout", dropout);
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            List<Integer> resized = new ArrayList<>();
            int at = 0;
            for (int width : layers) {
                resized.add(width == POOL ? POOL : Parts.width(s, "features." + at));
                at += width == POOL ? 1 : batchNorm ? 3 : 2;
            }
            List<Integer> units = new ArrayList<>();
            for (int i = 0; i < hidden.size(); i++) {
                units.add(Parts.width(s, "classifier." + 3 * i));
            }
            return new Config(channels, resized, batchNorm, pooled, units, dropout, classes);
        }

        @Override
        public Module build(Rng rng) {
            return new Vgg(this, rng);
        }
    }

    /// Network as configured.
    public Vgg(Config config, Rng rng) {
        List<Module> layers = new ArrayList<>();
        int in = config.channels;
        for (int width : config.layers) {
            if (width == POOL) {
                layers.add(new MaxPool2d(2));
                continue;
            }
            layers.add(new Conv2d(Conv2d.Config.same(in, width, 3), rng));
            if (config.batchNorm) {
                layers.add(new BatchNorm(width));
            }
            layers.add(Activation.relu());
            in = width;
        }
        features = child("features", new Sequential(layers));
        pooling = new Windows.Adaptive(config.pooled, config.pooled);
        List<Module> head = new ArrayList<>();
        in *= config.pooled * config.pooled;
        for (int width : config.hidden) {
            head.add(new Linear(in, width, rng));
            head.add(Activation.relu());
            head.add(new Dropout(config.dropout, rng));
            in = width;
        }
        head.add(new Linear(in, config.classes, rng));
        classifier = child("classifier", new Sequential(head));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = averagePool2d(features.forward(x), pooling, false);
        return classifier.forward(y.reshape(y.dim(0), -1));
    }
}
