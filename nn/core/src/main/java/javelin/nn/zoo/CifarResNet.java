package javelin.nn.zoo;

import static javelin.tensor.ops.Relu.relu;

import javelin.kernels.Shape;
import javelin.kernels.layout.Pad;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Slice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The residual networks of He et al. for small images: a 3×3 convolution, three stages of basic
/// blocks, mean over the image, a linear layer. Shortcuts have no parameters (option A): they take
/// every `stride`-th pixel and pad the channels with zeros, half in front and half behind.
///
/// @see "He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2016, section 4.2"
public final class CifarResNet extends Module {
    static final String FAMILY = "cifar-resnet";

    private final Conv2d conv1;
    private final BatchNorm bn1;
    private final List<Sequential> stages = new ArrayList<>();
    private final Linear linear;

    /// Every width of the network.
    ///
    /// @param channels channels of the images
    /// @param stem channels after the first convolution
    /// @param blocks residual blocks; a new stage begins at each block with a stride above 1
    /// @param classes number of classes
    public record Config(int channels, int stem, List<Block> blocks, int classes)
            implements NetworkConfig {
        /// Copies the list.
        public Config {
            blocks = List.copyOf(blocks);
        }

        /// The published widths 16, 32, 64 at the given depth, `6n + 2`.
        ///
        /// @throws IllegalArgumentException if there is no network of that depth
        public static Config of(int depth, int channels, int classes) {
            return of(depth, 16, channels, classes);
        }

        /// Widths `w, 2w, 4w` at the given depth.
        ///
        /// @throws IllegalArgumentException if there is no network of that depth
        public static Config of(int depth, int width, int channels, int classes) {
            return new Config(channels, width, Block.stages(depth, width), classes);
        }

        static Config of(Fields f) {
            return new Config(
                    f.number("channels"), f.number("stem"), Block.of(f), f.number("classes"));
        }

        @Override
        public ModelSpec spec() {
            return Block.spec(FAMILY, channels, stem, blocks, classes);
        }

        @Override
        public Config resized(Map<String, Shape> s) {
            return new Config(channels, Parts.width(s, "conv1"), Block.resized(blocks, s), classes);
        }

        @Override
        public Module build(Rng rng) {
            return new CifarResNet(this, rng);
        }
    }

    /// A block of two 3×3 convolutions.
    ///
    /// @param mid channels after the first convolution
    /// @param out channels after the second
    /// @param stride step of the first convolution in pixels
    public record Block(int mid, int out, int stride) {
        static List<Block> stages(int depth, int width) {
            if (depth < 8 || (depth - 2) % 6 != 0) {
                throw new IllegalArgumentException(
                        "zoo: a residual network for small images has depth 8, 14, 20, … (6n + 2), not "
                                + depth);
            }
            int perStage = (depth - 2) / 6;
            List<Block> blocks = new ArrayList<>();
            for (int b = 0; b < 3 * perStage; b++) {
                int w = width << (b / perStage);
                blocks.add(new Block(w, w, b > 0 && b % perStage == 0 ? 2 : 1));
            }
            return blocks;
        }

        static List<Block> of(Fields f) {
            return f.rows("mid", "out", "stride").stream()
                    .map(r -> new Block(r[0], r[1], r[2]))
                    .toList();
        }

        static ModelSpec spec(
                String family, int channels, int stem, List<Block> blocks, int classes) {
            Map<String, Object> m = new LinkedHashMap<>();
            m.put("channels", channels);
            m.put("stem", stem);
            m.put("mid", blocks.stream().map(Block::mid).toList());
            m.put("out", blocks.stream().map(Block::out).toList());
            m.put("stride", blocks.stream().map(Block::stride).toList());
            m.put("classes", classes);
            return new ModelSpec(family, m);
        }

        /// The blocks with the widths of a state.
        static List<Block> resized(List<Block> blocks, Map<String, Shape> shapes) {
            List<Block> result = new ArrayList<>();
            List<List<Block>> stages = byStage(blocks);
            for (int s = 0; s < stages.size(); s++) {
                for (int b = 0; b < stages.get(s).size(); b++) {
                    String name = "layer%d.%d.".formatted(s + 1, b);
                    result.add(
                            new Block(
                                    Parts.width(shapes, name + "conv1"),
                                    Parts.width(shapes, name + "conv2"),
                                    stages.get(s).get(b).stride));
                }
            }
            return result;
        }

        /// The blocks by stage.
        static List<List<Block>> byStage(List<Block> blocks) {
            List<List<Block>> stages = new ArrayList<>();
            for (Block b : blocks) {
                if (stages.isEmpty() || b.stride > 1) {
                    stages.add(new ArrayList<>());
                }
                stages.getLast().add(b);
            }
            return stages;
        }
    }

    /// Network as configured.
    public CifarResNet(Config config, Rng rng) {
        conv1 = child("conv1", Parts.conv(config.channels, config.stem, 3, 1, rng));
        bn1 = child("bn1", new BatchNorm(config.stem));
        int in = config.stem;
        for (List<Block> blocks : Block.byStage(config.blocks)) {
            List<Module> stage = new ArrayList<>();
            for (Block b : blocks) {
                stage.add(new BasicBlock(in, b, rng));
                in = b.out;
            }
            stages.add(child("layer" + (stages.size() + 1), new Sequential(stage)));
        }
        linear = child("linear", new Linear(in, config.classes, rng));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = relu(bn1.forward(conv1.forward(x)));
        for (Sequential stage : stages) {
            y = stage.forward(y);
        }
        return linear.forward(y.mean(1, 2));
    }

    private static final class BasicBlock extends Module {
        private final Block block;
        private final Conv2d conv1;
        private final BatchNorm bn1;
        private final Conv2d conv2;
        private final BatchNorm bn2;

        BasicBlock(int in, Block block, Rng rng) {
            this.block = block;
            conv1 = child("conv1", Parts.conv(in, block.mid, 3, block.stride, rng));
            bn1 = child("bn1", new BatchNorm(block.mid));
            conv2 = child("conv2", Parts.conv(block.mid, block.out, 3, 1, rng));
            bn2 = child("bn2", new BatchNorm(block.out));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = relu(bn1.forward(conv1.forward(x)));
            return relu(bn2.forward(conv2.forward(y)).add(shortcut(x)));
        }

        private Tensor shortcut(Tensor x) {
            Tensor y = x;
            if (block.stride > 1) {
                int[] start = new int[4];
                int[] step = {1, block.stride, block.stride, 1};
                y = Slice.slice(y, start, y.shape().dims(), step);
            }
            int more = block.out - y.dim(3);
            if (more > 0) {
                int[] before = {0, 0, 0, more / 2};
                int[] after = {0, 0, 0, more - more / 2};
                y = javelin.tensor.ops.Pad.pad(y, Pad.Mode.CONSTANT, 0, before, after);
            }
            return y;
        }
    }
}
