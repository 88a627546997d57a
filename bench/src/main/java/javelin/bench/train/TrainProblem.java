package javelin.bench.train;

import javelin.bench.Problem;
import javelin.bench.Work;
import javelin.bench.network.NetworkProblem;

import java.util.Map;

/// One step of stochastic gradient descent with momentum: forward, loss, gradients, update.
public record TrainProblem(NetworkProblem network) implements Problem {
    /// ResNet-20 on 32×32 images, batch 128.
    public static Map<String, TrainProblem> all() {
        return Map.of("resnet20@128", named("resnet20@128"));
    }

    /// The network and batch of that name, for instance `resnet20@128`.
    ///
    /// @throws IllegalArgumentException if there is none
    public static TrainProblem named(String name) {
        return new TrainProblem(NetworkProblem.named(name));
    }

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public String group() {
        return network.group();
    }

    @Override
    public String description() {
        return network.description();
    }

    /// Three times a forward pass: each product has two gradients of the same cost.
    @Override
    public Work work() {
        Work forward = network.work();
        return new Work(3 * forward.flops(), 3 * forward.bytes());
    }
}
