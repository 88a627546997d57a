package javelin.bench.natives;

import javelin.kernels.Shape;
import javelin.kernels.conv.Geometry;
import javelin.kernels.pool.Windows;
import javelin.nn.Module;
import javelin.tensor.Node;
import javelin.tensor.Op;
import javelin.tensor.ops.Add;
import javelin.tensor.ops.AveragePool2d;
import javelin.tensor.ops.Clamp;
import javelin.tensor.ops.Conv2d;
import javelin.tensor.ops.Linear;
import javelin.tensor.ops.MaxPool2d;
import javelin.tensor.ops.Mul;
import javelin.tensor.ops.Normalize;
import javelin.tensor.ops.Pad;
import javelin.tensor.ops.Relu;
import javelin.tensor.ops.Reshape;
import javelin.tensor.ops.Slice;
import javelin.tensor.ops.Sum;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// A network of ours as PyTorch would have it: the recorded graph, op by op, with the same weights.
///
/// Ops that PyTorch has as one are taken together: a mean over rows and columns.
final class TorchGraph {
    private static final double RUNNING = 0.1; // weight of the newest batch, as in ours

    private final List<Node> nodes;
    private final Node input;
    private final MemoryFormat order;
    private final IdentityHashMap<Node, Tensor> leaves = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Tensor[]> moments = new IdentityHashMap<>();
    private final List<Tensor> parameters = new ArrayList<>();

    /// The ops of `network` on a batch of the given shape.
    ///
    /// @throws IllegalStateException if it has an op that is not known here
    TorchGraph(Module network, Shape images, MemoryFormat order) {
        this.order = order;
        nodes = network.trace(images).nodes();
        input =
                nodes.stream()
                        .filter(n -> n.isLeaf() && n.shape().equals(images))
                        .findFirst()
                        .orElseThrow();
        for (Node n : nodes) {
            Op op = n.op();
            if (op != null) {
                bring(op, n.inputs());
            }
        }
    }

    /// Copies the weights that an op reads.
    private void bring(Op op, List<Node> in) {
        switch (op) {
            case Conv2d c -> {
                leaf(in.get(1), Torch.filters(values(in.get(1)), in.get(1).shape().dims(), order));
                if (c.bias()) {
                    leaf(in.get(2), plain(in.get(2)));
                }
            }
            case Linear l -> {
                leaf(in.get(1), plain(in.get(1)).t().contiguous());
                if (l.bias()) {
                    leaf(in.get(2), plain(in.get(2)));
                }
            }
            case Normalize _ -> {
                Tensor both = plain(in.get(1));
                moments.put(
                        in.get(1),
                        new Tensor[] {both.select(0, 0).clone(), both.select(0, 1).clone()});
                leaf(in.get(2), plain(in.get(2)));
                leaf(in.get(3), plain(in.get(3)));
            }
            case Relu _, Clamp _, Add _, MaxPool2d _, AveragePool2d _ -> {
                // no weights
            }
            case Sum _, Mul _, Reshape _, Slice _, Pad _ -> {
                // no weights
            }
            default -> throw new IllegalStateException("pytorch: no op here for " + op.name());
        }
    }

    private void leaf(Node node, Tensor value) {
        leaves.put(node, value);
        parameters.add(value);
    }

    private static float[] values(Node leaf) {
        return Objects.requireNonNull(leaf.tensor(), "a weight is a leaf").floats();
    }

    private static Tensor plain(Node leaf) {
        return Torch.plain(values(leaf), leaf.shape().dims());
    }

    /// All weights.
    List<Tensor> parameters() {
        return parameters;
    }

    /// One pass.
    ///
    /// @param training whether batch norm uses the moments of the batch
    Tensor forward(Tensor images, boolean training) {
        var values = new IdentityHashMap<Node, Tensor>();
        values.put(input, images);
        Tensor last = images;
        for (Node n : nodes) {
            Op op = n.op();
            if (op != null) {
                last = apply(op, n, values, training);
                values.put(n, last);
            }
        }
        return last;
    }

    private Tensor apply(Op op, Node n, IdentityHashMap<Node, Tensor> values, boolean training) {
        List<Node> in = n.inputs();
        Tensor x = Objects.requireNonNull(values.get(in.getFirst()), "in order");
        return switch (op) {
            case Conv2d c -> convolve(x, c, in);
            case Linear l -> torch.linear(x, weight(in, 1), l.bias() ? optional(in, 2) : none());
            case Normalize b -> normalize(x, b, in, training);
            case Relu _ -> torch.relu_(x);
            case Clamp c -> torch.hardtanh_(x, new Scalar(c.low()), new Scalar(c.high()));
            case Add _ -> x.add(Objects.requireNonNull(values.get(in.get(1)), "in order"));
            case MaxPool2d m -> maxPool(x, m.windows());
            case AveragePool2d a -> averagePool(x, a.windows());
            case Sum _ -> torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1);
            case Mul _ -> x; // the mean's division, done by the pooling
            case Slice s -> slice(x, s);
            case Pad p -> pad(x, p);
            case Reshape _ -> x.permute(0, 2, 3, 1).flatten(1, -1); // in our order
            default -> throw new IllegalStateException("pytorch: no op here for " + op.name());
        };
    }

    private Tensor convolve(Tensor x, Conv2d op, List<Node> in) {
        Geometry g = op.geometry();
        return torch.conv2d(
                x,
                weight(in, 1),
                op.bias() ? optional(in, 2) : none(),
                new long[] {g.strideH(), g.strideW()},
                new long[] {g.padTop(), g.padLeft()},
                new long[] {g.dilationH(), g.dilationW()},
                g.groups());
    }

    private Tensor normalize(Tensor x, Normalize op, List<Node> in, boolean training) {
        Tensor[] running = Objects.requireNonNull(moments.get(in.get(1)), "copied before");
        return torch.batch_norm(
                x,
                optional(in, 2),
                optional(in, 3),
                new TensorOptional(running[0]),
                new TensorOptional(running[1]),
                training,
                RUNNING,
                op.epsilon(),
                false);
    }

    private static Tensor maxPool(Tensor x, Windows windows) {
        if (!(windows instanceof Windows.Sliding s)) {
            throw new IllegalStateException("pytorch: no max pooling here for " + windows);
        }
        return torch.max_pool2d(
                x,
                new long[] {s.kh(), s.kw()},
                new long[] {s.strideH(), s.strideW()},
                new long[] {s.padTop(), s.padLeft()},
                new long[] {1, 1},
                false);
    }

    private static Tensor averagePool(Tensor x, Windows windows) {
        if (!(windows instanceof Windows.Adaptive a)) {
            throw new IllegalStateException("pytorch: no average pooling here for " + windows);
        }
        return torch.adaptive_avg_pool2d(x, a.outH(0), a.outW(0));
    }

    /// Rows and columns only; the shortcut of a residual network.
    private static Tensor slice(Tensor x, Slice op) {
        Tensor y = x;
        for (int axis = 1; axis <= 2; axis++) {
            y =
                    y.slice(
                            axis + 1, // of n, c, h, w
                            new LongOptional(op.start().get(axis)),
                            new LongOptional(op.end().get(axis)),
                            op.step().get(axis));
        }
        return y;
    }

    /// Zeros around channels, rows and columns.
    private static Tensor pad(Tensor x, Pad op) {
        List<Integer> before = op.before();
        List<Integer> after = op.after();
        long[] frame = { // innermost axis of n, c, h, w first
            before.get(2), after.get(2), before.get(1), after.get(1), before.get(3), after.get(3)
        };
        return torch.constant_pad_nd(x, frame, new Scalar(op.value()));
    }

    private Tensor weight(List<Node> in, int i) {
        return Objects.requireNonNull(leaves.get(in.get(i)), "copied before");
    }

    private TensorOptional optional(List<Node> in, int i) {
        return new TensorOptional(weight(in, i));
    }

    private static TensorOptional none() {
        return new TensorOptional();
    }
}
