package javelin.bench.network;

import javelin.bench.Implementations;
import javelin.kernels.Backend;
import javelin.kernels.Backends;
import javelin.nn.Module;
import javelin.tensor.GradMode;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;
import javelin.tensor.plan.Plan;

/// A network with weights and a batch of images, ready to run.
public final class NetworkCase {
    /// Share of the largest output by which single outputs may be off: errors of 32-bit numbers
    /// through fifty layers.
    public static final double TOLERANCE = 1e-3;

    private final Backend backend;
    private final Module network;
    private final Tensor images;
    private final Plan plan;
    private final float[] pixels;
    private final float[] outputs;

    /// Network and images, both random with fixed seeds.
    public NetworkCase(NetworkProblem problem, Backend backend) {
        this.backend = backend;
        network = Backends.with(backend, problem::build);
        network.training(false);
        pixels = Rng.seed(2).normal(0, 1, problem.input().dims()).floats();
        images = Backends.with(backend, () -> Tensor.of(pixels, problem.input().dims()));
        plan = network.plan(problem.input());
        outputs = new float[plan.output().length()];
    }

    /// A case whose result was compared with that of the same network, op by op in plain loops.
    ///
    /// @throws IllegalStateException if they differ
    static NetworkCase checked(NetworkProblem problem, String implementation) {
        var made = new NetworkCase(problem, Implementations.named(implementation));
        var plain = new NetworkCase(problem, Implementations.named("plain"));
        requireClose(problem.name(), made.run(), plain.opByOp().floats());
        return made;
    }

    /// One forward pass by the plan of the network; it allocates nothing.
    ///
    /// @return outputs `[n, classes]`, in an array that the next call overwrites
    public float[] run() {
        plan.run(pixels, outputs);
        return outputs;
    }

    /// One forward pass op by op, which is what the plan must agree with.
    ///
    /// @return outputs `[n, classes]`
    public Tensor opByOp() {
        return Backends.with(backend, () -> GradMode.off(() -> network.forward(images)));
    }

    /// The network, in inference mode.
    public Module network() {
        return network;
    }

    /// The images.
    public Tensor images() {
        return images;
    }

    /// Compares two results.
    ///
    /// @throws IllegalStateException if they differ by more than [#TOLERANCE]
    public static void requireClose(String name, float[] y, float[] expected) {
        double largest = 0;
        for (float e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(y[i] - expected[i]) <= TOLERANCE * largest)) {
                throw new IllegalStateException(
                        "%s: output %d is %s, expected %s: not timed"
                                .formatted(name, i, y[i], expected[i]));
            }
        }
    }
}
