package javelin.nn.zoo;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.Activation;
import javelin.nn.layers.Dropout;
import javelin.nn.layers.Identity;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Residual;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// MobileNet, second version: inverted residual blocks – 1×1 expansion, depthwise 3×3, linear 1×1
/// projection – between a 3×3 and a 1×1 convolution; mean over the image, dropout, a linear layer.
///
/// @see "Sandler, Howard, Zhu, Zhmoginov and Chen, MobileNetV2, 2018, Table 2"
public final class MobileNetV2 extends Module {
    static final String FAMILY = "mobilenet-v2";

    /// `t, c, n, s` of the paper's Table 2.
    private static final int[][] TABLE = {
        {1, 16, 1, 1},
        {6, 24, 2, 2},
        {6, 32, 3, 2},
        {6, 64, 4, 2},
        {6, 96, 3, 1},
        {6, 160, 3, 2},
        {6, 320, 1, 1}
    };

    private final Sequential features;
    private final Dropout dropout;
    private final Linear classifier;

    /// Every width of the network.
    ///
    /// @param channels channels of the images
    /// @param stem channels after the first convolution
    /// @param stemStride step of the first convolution in pixels
    /// @param blocks inverted residual blocks
    /// @param last channels after the last convolution
    /// @param dropout probability of dropping one of them
    /// @param projected whether a block with stride 1 that changes the number of channels has a
    ///   shortcut too, a 1×1 convolution with batch norm
    /// @param classes number of classes
    public record Config(
            int channels,
            int stem,
            int stemStride,
            List<Block> blocks,
            int last,
            double dropout,
            boolean projected,
            int classes)
            implements NetworkConfig {
        /// Copies the list.
        public Config {
            blocks = List.copyOf(blocks);
        }

        /// The network for large images as torchvision has it: no expansion where its factor is 1.
        public static Config of(int channels, int classes) {
            return new Config(channels, 32, 2, blocks(false, 2), 1280, 0.2, false, classes);
        }

        /// The network for large images with an expansion in every block.
        public static Config expanded(int channels, int classes) {
            return new Config(channels, 32, 2, blocks(true, 2), 1280, 0.2, false, classes);
        }

        /// The network for images of 32×32 of the pruning literature: the first convolution and the
        /// second stage keep the image size, every block has an expansion, and every block with
        /// stride 1 a shortcut.
        public static Config small(int channels, int classes) {
            return new Config(channels, 32, 1, blocks(true, 1), 1280, 0, true, classes);
        }

        private static List<Block> blocks(boolean always, int secondStride) {
            List<Block> blocks = new ArrayList<>();
            int in = 32;
            for (int[] row : TABLE) {
                for (int i = 0; i < row[2]; i++) {
                    int stride = row[1] == 24 ? secondStride : row[3];
                    int expanded = row[0] == 1 && !always ? 0 : in * row[0];
                    blocks.add(new Block(expanded, row[1], i == 0 ? stride : 1));
                    in = row[1];
                }
            }
            return blocks;
        }

        static Config of(Fields f) {
            List<Block> blocks =
                    f.rows("expanded", "out", "stride").stream()
                            .map(r -> new Block(r[0], r[1], r[2]))
                            .toList();
            return new Config(
                    f.number("channels"),
                    f.number("stem"),
                    f.number("stem_stride"),
                    blocks,
                    f.number("last"),
                    f.real("dropout"),
                    f.flag("projected"),
                    f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("channels", channels);
            m.put("stem", stem);
            m.put("stem_stride", stemStride);
            m.put("expanded", blocks.stream().map(Block::expanded).toList());
            m.put("out", blocks.stream().map(Block::out).toList());
            m.put("stride", blocks.stream().map(Block::stride).toList());
            m.put("last", last);
            m.put("dropout", dropout);
            m.put("projected", projected);
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            List<Block> resized = new ArrayList<>();
            int in = stem;
            for (Block b : blocks) {
                String name = "features.%d.".formatted(resized.size() + 1);
                boolean residual = b.stride == 1 && (in == b.out || projected);
                name += residual ? "body." : "";
                resized.add(
                        new Block(
                                b.expanded == 0 ? 0 : Parts.width(s, name + "expand.conv"),
                                Parts.width(s, name + "project.conv"),
                                b.stride));
                in = b.out;
            }
            return new Config(
                    channels,
                    Parts.width(s, "features.0.conv"),
                    stemStride,
                    resized,
                    Parts.width(s, "features.%d.conv".formatted(blocks.size() + 1)),
                    dropout,
                    projected,
                    classes);
        }

        @Override
        public Module build(Rng rng) {
            return new MobileNetV2(this, rng);
        }
    }

    /// An inverted residual block.
    ///
    /// @param expanded channels of the depthwise convolution; 0 if it works on the input itself
    /// @param out channels after the projection
    /// @param stride step of the depthwise convolution in pixels
    public record Block(int expanded, int out, int stride) {}

    /// Network as configured.
    public MobileNetV2(Config config, Rng rng) {
        List<Module> layers = new ArrayList<>();
        layers.add(
                Parts.normed(
                        Parts.conv(config.channels, config.stem, 3, config.stemStride, rng),
                        config.stem,
                        Activation.relu6()));
        int in = config.stem;
        for (Block b : config.blocks) {
            layers.add(block(in, b, config.projected, rng));
            in = b.out;
        }
        layers.add(
                Parts.normed(
                        Parts.conv(in, config.last, 1, 1, rng), config.last, Activation.relu6()));
        features = child("features", new Sequential(layers));
        dropout = child("dropout", new Dropout(config.dropout, rng));
        classifier = child("classifier", new Linear(config.last, config.classes, rng));
    }

    private static Module block(int in, Block b, boolean projected, Rng rng) {
        int wide = b.expanded == 0 ? in : b.expanded;
        var body = new LinkedHashMap<String, Module>();
        if (b.expanded > 0) {
            body.put(
                    "expand",
                    Parts.normed(Parts.conv(in, wide, 1, 1, rng), wide, Activation.relu6()));
        }
        body.put(
                "depthwise",
                Parts.normed(Parts.depthwise(wide, 3, b.stride, rng), wide, Activation.relu6()));
        body.put("project", Parts.normed(Parts.conv(wide, b.out, 1, 1, rng), b.out));
        Module main = new Sequential(body);
        if (b.stride > 1 || (in != b.out && !projected)) {
            return main;
        }
        Module shortcut =
                in == b.out
                        ? new Identity()
                        : Parts.normed(Parts.conv(in, b.out, 1, 1, rng), b.out);
        return new Residual(main, shortcut);
    }

    @Override
    public Tensor forward(Tensor x) {
        return classifier.forward(dropout.forward(features.forward(x).mean(1, 2)));
    }
}
