package javelin.nn.zoo;

import static javelin.tensor.ops.MaxPool2d.maxPool2d;
import static javelin.tensor.ops.Relu.relu;

import javelin.kernels.Shape;
import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The residual networks of He et al. for large images: 7×7 convolution with stride 2, 3×3 max
/// pooling with stride 2, four stages of basic or bottleneck blocks, mean over the image, a linear
/// layer. Shortcuts that change the shape are 1×1 convolutions with batch norm (option B); the
/// stride of a bottleneck is in its 3×3 convolution, as in torchvision, whose names are used.
///
/// @see "He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2016, Table 1"
public final class ResNet extends Module {
    static final String FAMILY = "resnet";

    private final Conv2d conv1;
    private final BatchNorm bn1;
    private final List<Sequential> stages = new ArrayList<>();
    private final Linear fc;

    /// Every width of the network.
    ///
    /// @param channels channels of the images
    /// @param stem channels after the first convolution
    /// @param blocks residual blocks; the first stage ends before the first block with a stride
    ///   above 1, and so on
    /// @param classes number of classes
    public record Config(int channels, int stem, List<Block> blocks, int classes)
            implements NetworkConfig {
        /// Copies the list.
        public Config {
            blocks = List.copyOf(blocks);
        }

        /// The published network of depth 18, 34 or 50.
        ///
        /// @throws IllegalArgumentException for another depth
        public static Config of(int depth, int channels, int classes) {
            int[] counts =
                    switch (depth) {
                        case 18 -> new int[] {2, 2, 2, 2};
                        case 34, 50 -> new int[] {3, 4, 6, 3};
                        default ->
                                throw new IllegalArgumentException(
                                        "zoo: a residual network for large images has depth 18, 34 or 50, not "
                                                + depth);
                    };
            List<Block> blocks = new ArrayList<>();
            for (int stage = 0; stage < 4; stage++) {
                int w = 64 << stage;
                for (int b = 0; b < counts[stage]; b++) {
                    int stride = stage > 0 && b == 0 ? 2 : 1;
                    blocks.add(
                            depth < 50
                                    ? new Block(w, 0, w, stride)
                                    : new Block(w, w, 4 * w, stride));
                }
            }
            return new Config(channels, 64, blocks, classes);
        }

        static Config of(Fields f) {
            List<Block> blocks =
                    f.rows("mid1", "mid2", "out", "stride").stream()
                            .map(r -> new Block(r[0], r[1], r[2], r[3]))
                            .toList();
            return new Config(f.number("channels"), f.number("stem"), blocks, f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("channels", channels);
            m.put("stem", stem);
            m.put("mid1", blocks.stream().map(Block::mid1).toList());
            m.put("mid2", blocks.stream().map(Block::mid2).toList());
            m.put("out", blocks.stream().map(Block::out).toList());
            m.put("stride", blocks.stream().map(Block::stride).toList());
            m.put("classes", classes);
            return new ModelSpec(FAMILY, m);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            List<Block> resized = new ArrayList<>();
            int stage = 1;
            int inStage = 0;
            for (Block b : blocks) {
                if (b.stride > 1 && inStage > 0) {
                    stage++;
                    inStage = 0;
                }
                String name = "layer%d.%d.".formatted(stage, inStage++);
                int first = Parts.width(s, name + "conv1");
                int second = Parts.width(s, name + "conv2");
                resized.add(
                        b.isBottleneck()
                                ? new Block(first, second, Parts.width(s, name + "conv3"), b.stride)
                                : new Block(first, 0, second, b.stride));
            }
            return new Config(channels, Parts.width(s, "conv1"), resized, classes);
        }

        @Override
        public Module build(Rng rng) {
            return new ResNet(this, rng);
        }
    }

    /// A residual block: two 3×3 convolutions, or 1×1, 3×3 and 1×1 where `mid2` is not 0.
    ///
    /// @param mid1 channels after the first convolution
    /// @param mid2 channels after the second of three convolutions; 0 for a basic block
    /// @param out channels after the last convolution
    /// @param stride step of the first 3×3 convolution (basic) or the only one (bottleneck)
    public record Block(int mid1, int mid2, int out, int stride) {
        boolean isBottleneck() {
            return mid2 > 0;
        }
    }

    /// Network as configured.
    public ResNet(Config config, Rng rng) {
        conv1 = child("conv1", Parts.conv(config.channels, config.stem, 7, 2, rng));
        bn1 = child("bn1", new BatchNorm(config.stem));
        int in = config.stem;
        List<Module> stage = new ArrayList<>();
        for (Block b : config.blocks) {
            if (b.stride > 1 && !stage.isEmpty()) {
                close(stage);
            }
            stage.add(new ResidualBlock(in, b, rng));
            in = b.out;
        }
        close(stage);
        fc = child("fc", new Linear(in, config.classes, rng));
    }

    private void close(List<Module> stage) {
        stages.add(child("layer" + (stages.size() + 1), new Sequential(stage)));
        stage.clear();
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = relu(bn1.forward(conv1.forward(x)));
        y = maxPool2d(y, Windows.Sliding.of(3, 2, 1));
        for (Sequential stage : stages) {
            y = stage.forward(y);
        }
        return fc.forward(y.mean(1, 2));
    }

    private static final class ResidualBlock extends Module {
        private final List<Conv2d> convs = new ArrayList<>();
        private final List<BatchNorm> norms = new ArrayList<>();
        private final @Nullable Sequential downsample;

        ResidualBlock(int in, Block b, Rng rng) {
            if (b.isBottleneck()) {
                add(in, b.mid1, 1, 1, rng);
                add(b.mid1, b.mid2, 3, b.stride, rng);
                add(b.mid2, b.out, 1, 1, rng);
            } else {
                add(in, b.mid1, 3, b.stride, rng);
                add(b.mid1, b.out, 3, 1, rng);
            }
            boolean changes = b.stride > 1 || in != b.out;
            downsample =
                    changes
                            ? child(
                                    "downsample",
                                    new Sequential(
                                            Parts.conv(in, b.out, 1, b.stride, rng),
                                            new BatchNorm(b.out)))
                            : null;
        }

        private void add(int in, int out, int size, int stride, Rng rng) {
            int number = convs.size() + 1;
            convs.add(child("conv" + number, Parts.conv(in, out, size, stride, rng)));
            norms.add(child("bn" + number, new BatchNorm(out)));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x;
            for (int i = 0; i < convs.size(); i++) {
                y = norms.get(i).forward(convs.get(i).forward(y));
                y = i < convs.size() - 1 ? relu(y) : y;
            }
            return relu(y.add(downsample == null ? x : downsample.forward(x)));
        }
    }
}
