package javelin.bench.train;

import javelin.bench.Implementations;
import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.kernels.Scope;
import javelin.nn.Module;
import javelin.nn.loss.Losses;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.tensor.Autograd;
import javelin.tensor.Gradients;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

import java.util.LinkedHashMap;

/// A network, its optimiser and a batch, ready to train.
public final class TrainCase {
    /// Settings of the step, the same for every library.
    public static final double RATE = 0.01, MOMENTUM = 0.9, DECAY = 1e-4;

    private static final int STEPS_TO_COMPARE = 3;

    private final Backend backend;
    private final Module network;
    private final Optimizer.State optimizer;
    private final Tensor images;
    private final Tensor labels;

    /// Network, images and labels, all random with fixed seeds.
    public TrainCase(TrainProblem problem, Backend backend) {
        this.backend = backend;
        network = Backends.with(backend, problem.network()::build);
        var sgd = new Sgd(MOMENTUM, false, Optimizer.Decay.all(DECAY));
        optimizer = Backends.with(backend, () -> sgd.start(network.parameters()));
        int[] shape = problem.network().input().dims();
        float[] pixels = Rng.seed(2).normal(0, 1, shape).floats();
        images = Backends.with(backend, () -> Tensor.of(pixels, shape));
        Rng rng = Rng.seed(3);
        int[] classes = new int[problem.network().batch()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = rng.nextInt(problem.network().classes());
        }
        labels = Backends.with(backend, () -> Tensor.of(classes, classes.length));
    }

    /// A case whose first losses are those of the same training in plain loops.
    ///
    /// @throws IllegalStateException if they differ
    static TrainCase checked(TrainProblem problem, String implementation) {
        var tried = new TrainCase(problem, Implementations.named(implementation));
        var plain = new TrainCase(problem, Implementations.named("plain"));
        for (int step = 1; step <= STEPS_TO_COMPARE; step++) {
            requireClose(problem.name(), step, tried.step(), plain.step());
        }
        return tried;
    }

    /// Compares two losses of the same step.
    ///
    /// @throws IllegalStateException if they differ by more than a thousandth
    public static void requireClose(String name, int step, double loss, double expected) {
        if (!(Math.abs(loss - expected) <= 1e-3 * Math.abs(expected))) {
            throw new IllegalStateException(
                    "%s: loss of step %d is %s, expected %s: not timed"
                            .formatted(name, step, loss, expected));
        }
    }

    /// One step.
    ///
    /// @return the loss before it
    public double step() {
        return Backends.with(backend, this::stepHere);
    }

    private double stepHere() {
        try (Scope _ = Scope.open()) { // as the trainer does
            Tensor loss = Losses.crossEntropy(network.forward(images), labels);
            Gradients all = Autograd.backward(loss);
            var gradients = new LinkedHashMap<String, Tensor>();
            network.parameters().forEach((name, p) -> gradients.put(name, all.of(p)));
            optimizer.step(gradients, RATE);
            return loss.item();
        }
    }

    /// The network, in training mode.
    public Module network() {
        return network;
    }

    /// The images.
    public Tensor images() {
        return images;
    }

    /// The class of each image.
    public Tensor labels() {
        return labels;
    }
}
