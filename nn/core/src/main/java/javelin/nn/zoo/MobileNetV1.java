package javelin.nn.zoo;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.Activation;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// MobileNet, first version: a 3×3 convolution, then depthwise 3×3 and pointwise 1×1 convolutions
/// in turn, each with batch norm and ReLU; mean over the image, a linear layer.
///
/// @see "Howard et al., MobileNets, 2017, Table 1"
public final class MobileNetV1 extends Module {
    static final String FAMILY = "mobilenet-v1";

    private static final int[] WIDTHS = {
        64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
    };

    private final Sequential features;
    private final Linear classifier;

    /// Every width of the network.
    ///
    /// @param channels channels of the images
    /// @param stem channels after the first convolution
    /// @param stemStride step of the first convolution in pixels
    /// @param blocks depthwise-separable convolutions
    /// @param classes number of classes
    public record Config(int channels, int stem, int stemStride, List<Block> blocks, int classes)
            implements NetworkConfig {
        /// Copies the list.
        public Config {
            blocks = List.copyOf(blocks);
        }

        /// The published network for large images.
        public static Config of(int channels, int classes) {
            return new Config(channels, 32, 2, blocks(1, 3, 5, 11), classes);
        }

        /// The same widths for images of 32×32: the first convolution keeps the image size, and the
        /// blocks halve it three times.
        public static Config small(int channels, int classes) {
            return new Config(channels, 32, 1, blocks(3, 5, 11), classes);
        }

        private static List<Block> blocks(Integer... halving) {
            List<Block> blocks = new ArrayList<>();
            for (int b = 0; b < WIDTHS.length; b++) {
                blocks.add(new Block(WIDTHS[b], List.of(halving).contains(b) ? 2 : 1));
            }
            return blocks;
        }

        static Config of(Fields f) {
            List<Block> blocks =
                    f.rows("out", "stride").stream().map(r -> new Block(r[0], r[1])).toList();
            return new Config(
                    f.number("channels"),
                    f.number("stem"),
                    f.number("stem_stride"),
                    blocks,
                    f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("channels", channels);
            m.put("stem", stem);
            m.put("stem_stride", stemStride);
            m.put("out", blocks.stream().map(Block::out).toList());
            m.put("stride", blocks.stream().map(Block::stride).toList());
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            List<Block> resized = new ArrayList<>();
            for (Block b : blocks) {
                String name = "features.%d.pointwise.conv".formatted(resized.size() + 1);
                resized.add(new Block(Parts.width(s, name), b.stride));
            }
            return new Config(
                    channels, Parts.width(s, "features.0.conv"), stemStride, resized, classes);
        }

        @Override
        public Module build(Rng rng) {
            return new MobileNetV1(this, rng);
        }
    }

    /// A depthwise 3×3 and a pointwise convolution.
    ///
    /// @param out channels after the pointwise convolution
    /// @param stride step of the depthwise convolution in pixels
    public record Block(int out, int stride) {}

    /// Network as configured.
    public MobileNetV1(Config config, Rng rng) {
        List<Module> layers = new ArrayList<>();
        layers.add(
                Parts.normed(
                        Parts.conv(config.channels, config.stem, 3, config.stemStride, rng),
                        config.stem,
                        Activation.relu()));
        int in = config.stem;
        for (Block b : config.blocks) {
            Module depthwise =
                    Parts.normed(Parts.depthwise(in, 3, b.stride, rng), in, Activation.relu());
            Module pointwise =
                    Parts.normed(Parts.conv(in, b.out, 1, 1, rng), b.out, Activation.relu());
            var block = new LinkedHashMap<String, Module>();
            block.put("depthwise", depthwise);
            block.put("pointwise", pointwise);
            layers.add(new Sequential(block));
            in = b.out;
        }
        features = child("features", new Sequential(layers));
        classifier = child("classifier", new Linear(in, config.classes, rng));
    }

    @Override
    public Tensor forward(Tensor x) {
        return classifier.forward(features.forward(x).mean(1, 2));
    }
}
