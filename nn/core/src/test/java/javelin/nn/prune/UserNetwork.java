package javelin.nn.prune;

import static javelin.tensor.ops.Relu.relu;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.nn.layers.Prelu;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.ops.Concat;
import javelin.tensor.ops.PixelShuffle;

import java.util.Map;
import java.util.Objects;

/// A network as a user may write it: two branches that are concatenated, a depthwise convolution, a
/// layer that is used twice, a residual sum, pixel shuffle, and a linear layer behind a flattened
/// image. It takes its widths from the shapes of its tensors.
final class UserNetwork extends Module {
    static final Shape INPUT = Shape.of(2, 8, 8, 3);

    private final Conv2d left;
    private final Conv2d right;
    private final BatchNorm norm;
    private final Conv2d depthwise;
    private final Prelu slope;
    private final Conv2d mix;
    private final Conv2d shared;
    private final BatchNorm sharedNorm;
    private final Conv2d up;
    private final Conv2d small;
    private final Linear answer;

    /// With the widths that the shapes tell.
    UserNetwork(Map<String, Shape> shapes) {
        Rng rng = Rng.seed(7);
        int l = out(shapes, "left", 6);
        int r = out(shapes, "right", 4);
        int both = l + r;
        int m = out(shapes, "mix", 8);
        int u = out(shapes, "up", 12);
        int s = out(shapes, "small", 5);
        left = child("left", conv(3, l, 3, rng));
        right = child("right", conv(3, r, 1, rng));
        norm = child("norm", new BatchNorm(both));
        depthwise =
                child("depthwise", new Conv2d(Conv2d.Config.same(both, both, 3).groups(both), rng));
        slope = child("slope", new Prelu(both));
        mix = child("mix", conv(both, m, 1, rng));
        shared = child("shared", conv(m, m, 3, rng));
        sharedNorm = child("sharedNorm", new BatchNorm(m));
        up = child("up", conv(m, u, 3, rng));
        small = child("small", conv(u / 4, s, 3, rng));
        answer = child("answer", new Linear(16 * 16 * s, 4, rng));
    }

    private static Conv2d conv(int in, int out, int size, Rng rng) {
        return new Conv2d(Conv2d.Config.same(in, out, size), rng);
    }

    private static int out(Map<String, Shape> shapes, String layer, int usual) {
        Shape weight = shapes.get(layer + ".weight");
        return weight == null ? usual : Objects.requireNonNull(weight).dim(-1);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = Concat.concat(-1, left.forward(x), right.forward(x));
        y = slope.forward(depthwise.forward(relu(norm.forward(y))));
        y = mix.forward(y);
        for (int i = 0; i < 2; i++) { // the same layers twice, each time beside a shortcut
            y = relu(sharedNorm.forward(shared.forward(y))).add(y);
        }
        y = relu(PixelShuffle.pixelShuffle(up.forward(y), 2));
        y = relu(small.forward(y));
        return answer.forward(y.reshape(y.dim(0), -1));
    }
}
