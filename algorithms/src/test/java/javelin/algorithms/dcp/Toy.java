package javelin.algorithms.dcp;

import static javelin.tensor.ops.Relu.relu;

import javelin.kernels.Shape;
import javelin.nn.Module;
import javelin.nn.layers.BatchNorm;
import javelin.nn.layers.Conv2d;
import javelin.nn.layers.Linear;
import javelin.tensor.Node;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A network of two convolutions as a user may write it, and the selection problem of its second
/// one.
final class Toy extends Module {
    static final int BATCH = 4;
    static final Shape IMAGES = Shape.of(BATCH, 5, 5, 3);
    static final int CLASSES = 3;

    private final Conv2d first;
    private final BatchNorm firstNorm;
    private final Conv2d second;
    private final BatchNorm secondNorm;
    private final Linear answer;

    Toy(Map<String, Shape> shapes) {
        Rng rng = Rng.seed(4);
        Shape weight = shapes.get("second.weight");
        int mid = weight == null ? 6 : weight.dim(2);
        first = child("first", new Conv2d(Conv2d.Config.same(3, mid, 3).bias(false), rng.split(0)));
        firstNorm = child("firstNorm", new BatchNorm(mid));
        second =
                child(
                        "second",
                        new Conv2d(Conv2d.Config.same(mid, 4, 3).bias(false), rng.split(1)));
        secondNorm = child("secondNorm", new BatchNorm(4));
        answer = child("answer", new Linear(4, CLASSES, rng.split(2)));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = relu(firstNorm.forward(first.forward(x)));
        y = relu(secondNorm.forward(second.forward(y)));
        return answer.forward(y.mean(1, 2));
    }

    /// In inference mode, with batch norms that have seen something: at their first values every
    /// activation of an empty layer lies on the kink of the ReLU.
    static Toy make() {
        var toy = new Toy(Map.of());
        toy.state()
                .forEach((name, t) -> {
                    if (name.contains("Norm")) {
                        double low = name.endsWith("weight") || name.endsWith("var") ? 0.5 : -0.4;
                        t.assign(Rng.seed(name.hashCode()).uniform(low, 1.2, t.shape().dims()));
                    }
                });
        toy.training(false);
        return toy;
    }

    static Tensor images(int batches, long seed) {
        return Rng.seed(seed).normal(0, 1, batches * BATCH, 5, 5, 3);
    }

    static Tensor labels(int batches, long seed) {
        double[] u = Rng.seed(seed).split(9).uniform(0, CLASSES, batches * BATCH).doubles();
        return Tensor.of(Arrays.stream(u).mapToInt(v -> (int) v).toArray(), u.length);
    }

    Tensor weight() {
        return Objects.requireNonNull(parameters().get("second.weight"));
    }

    /// The selection problem of the second convolution with the network's own classifier as loss.
    ///
    /// @param goal network whose outputs are rebuilt
    LayerProblem problem(
            Toy goal,
            double reconstruction,
            double lambda,
            List<Tensor> images,
            List<Tensor> labels) {
        Replay pass = Replay.of(this, IMAGES);
        Replay goals = Replay.of(goal, IMAGES);
        Node conv = convolution(pass);
        var problem = new LayerProblem(pass, conv, pass.output(), null, reconstruction, lambda);
        for (int i = 0; i < images.size(); i++) {
            Node at = convolution(goals);
            Tensor o = Objects.requireNonNull(goals.run(images.get(i), List.of(at)).get(at));
            problem.add(images.get(i), o, labels.get(i));
        }
        return problem;
    }

    private static Node convolution(Replay pass) {
        return pass.nodes().stream()
                .filter(n -> n.op() instanceof javelin.tensor.ops.Conv2d)
                .toList()
                .getLast();
    }
}
