package javelin.nn.zoo;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Prelu;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The face network of four layers: 3×3 convolutions with stride 2, bias and a trained slope per
/// channel, then one linear layer to the features of a face.
///
/// @see "Liu, Wen, Yu, Li, Raj and Song, SphereFace, 2017, Table 2"
public final class SphereNet extends Module {
    static final String FAMILY = "spherenet";

    private final Sequential features;
    private final Linear linear;

    /// Every width of the network.
    ///
    /// @param height rows of the images; 112 in the paper
    /// @param width columns of the images; 96 in the paper
    /// @param channels channels of the images
    /// @param layers channels after each convolution
    /// @param classes features of a face; 512 in the paper
    public record Config(int height, int width, int channels, List<Integer> layers, int classes)
            implements NetworkConfig {
        /// Copies the list.
        public Config {
            layers = List.copyOf(layers);
        }

        /// The published widths.
        public static Config of(int height, int width, int channels, int classes) {
            return new Config(height, width, channels, List.of(64, 128, 256, 512), classes);
        }

        static Config of(Fields f) {
            return new Config(
                    f.number("height"),
                    f.number("width"),
                    f.number("channels"),
                    f.numbers("layers"),
                    f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("height", height);
            m.put("width", width);
            m.put("channels", channels);
            m.put("layers", layers);
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            List<Integer> resized = new ArrayList<>();
            for (int i = 0; i < layers.size(); i++) {
                resized.add(Parts.width(s, "features." + 2 * i));
            }
            return new Config(height, width, channels, resized, classes);
        }

        @Override
        public Module build(Rng rng) {
            return new SphereNet(this, rng);
        }

        private int pixels() {
            int h = height;
            int w = width;
            for (int i = 0; i < layers.size(); i++) {
                h = (h + 1) / 2;
                w = (w + 1) / 2;
            }
            return h * w;
        }
    }

    /// Network as configured.
    public SphereNet(Config config, Rng rng) {
        List<Module> layers = new ArrayList<>();
        int in = config.channels;
        for (int out : config.layers) {
            layers.add(new Conv2d(Conv2d.Config.same(in, out, 3).stride(2), rng));
            layers.add(new Prelu(out));
            in = out;
        }
        features = child("features", new Sequential(layers));
        linear = child("linear", new Linear(config.pixels() * in, config.classes, rng));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = features.forward(x);
        return linear.forward(y.reshape(y.dim(0), -1));
    }
}
