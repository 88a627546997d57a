package javelin.algorithms.dcp;

import javelin.kernels.Scope;
import javelin.nn.optim.Clip;
import javelin.nn.optim.Optimizer;
import javelin.nn.optim.Sgd;
import javelin.tensor.Autograd;
import javelin.tensor.GradMode;
import javelin.tensor.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fits the weights of the selected channels, problem (8): `min L(W)` with `W = 0` elsewhere.
@FunctionalInterface
interface SubProblem {
    /// Changes the weight (and bias) of the layer in place.
    ///
    /// @param mask `[1, 1, c, 1]`, 1 for selected channels, else 0
    void solve(LayerProblem problem, Tensor mask);

    /// Stochastic gradient descent, Eq. (9), from a fresh optimiser: the gradient is masked before
    /// each step, so that momentum and decay leave the zeros alone.
    ///
    /// @param settings rate, epochs, decay, clipping
    record Descent(DcpConfig.Sub settings) implements SubProblem {
        private static final double MOMENTUM = 0.9;

        @Override
        public void solve(LayerProblem problem, Tensor mask) {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            parameters.put("weight", problem.weight());
            Tensor bias = problem.bias();
            if (bias != null) {
                parameters.put("bias", bias);
            }
            List<Tensor> wanted = new ArrayList<>(parameters.values());
            Optimizer.State state =
                    new Sgd(MOMENTUM, true, Optimizer.Decay.all(settings.decay()))
                            .start(parameters);
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                for (int i = 0; i < problem.batches(); i++) {
                    try (Scope _ = Scope.open()) {
                        List<Tensor> g = Autograd.grad(problem.loss(i), wanted);
                        var gradients = new LinkedHashMap<String, Tensor>();
                        gradients.put("weight", GradMode.off(() -> g.getFirst().mul(mask)));
                        if (bias != null) {
                            gradients.put("bias", g.getLast());
                        }
                        state.step(
                                settings.clip() > 0
                                        ? Clip.byNorm(gradients, settings.clip())
                                        : gradients,
                                settings.rate()); // Eq. (9)
                    }
                }
            }
        }
    }
}
