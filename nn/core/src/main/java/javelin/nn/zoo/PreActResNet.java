package javelin.nn.zoo;

import static javelin.tensor.ops.Relu.relu;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Sequential;
import javelin.nn.zoo.CifarResNet.Block;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Residual network with pre-activation for small images: a 3×3 convolution without batch norm,
/// three stages of blocks BN–ReLU–conv–BN–ReLU–conv, then BN–ReLU, mean over the image, and a
/// linear layer. The shortcut of the first block of each stage starts after that block's first
/// BN–ReLU; where the shape changes it is a 1×1 convolution.
///
/// @see "He, Zhang, Ren and Sun, Identity mappings in deep residual networks, 2016"
public final class PreActResNet extends Module {
    static final String FAMILY = "preact-resnet";

    private final Conv2d conv1;
    private final List<Sequential> stages = new ArrayList<>();
    private final BatchNorm bn;
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

        /// Widths 16, 32, 64 at the given depth, `6n + 2`.
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
            return new PreActResNet(this, rng);
        }
    }

    /// Network as configured.
    public PreActResNet(Config config, Rng rng) {
        conv1 = child("conv1", Parts.conv(config.channels(), config.stem(), 3, 1, rng));
        int in = config.stem();
        for (List<Block> blocks : Block.byStage(config.blocks())) {
            List<Module> stage = new ArrayList<>();
            for (Block b : blocks) {
                stage.add(new PreActBlock(in, b, stage.isEmpty(), rng));
                in = b.out();
            }
            stages.add(child("layer" + (stages.size() + 1), new Sequential(stage)));
        }
        bn = child("bn", new BatchNorm(in));
        linear = child("linear", new Linear(in, config.classes(), rng));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = conv1.forward(x);
        for (Sequential stage : stages) {
            y = stage.forward(y);
        }
        return linear.forward(relu(bn.forward(y)).mean(1, 2));
    }

    private static final class PreActBlock extends Module {
        private final boolean first;
        private final BatchNorm bn1;
        private final Conv2d conv1;
        private final BatchNorm bn2;
        private final Conv2d conv2;
        private final @Nullable Conv2d shortcut;

        PreActBlock(int in, Block b, boolean first, Rng rng) {
            this.first = first;
            bn1 = child("bn1", new BatchNorm(in));
            conv1 = child("conv1", Parts.conv(in, b.mid(), 3, b.stride(), rng));
            bn2 = child("bn2", new BatchNorm(b.mid()));
            conv2 = child("conv2", Parts.conv(b.mid(), b.out(), 3, 1, rng));
            boolean changes = b.stride() > 1 || in != b.out();
            shortcut =
                    changes ? child("shortcut", Parts.conv(in, b.out(), 1, b.stride(), rng)) : null;
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor active = relu(bn1.forward(x));
            Tensor skip = first ? active : x;
            Tensor y = conv2.forward(relu(bn2.forward(conv1.forward(active))));
            return y.add(shortcut == null ? skip : shortcut.forward(skip));
        }
    }
}
