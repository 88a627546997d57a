package javelin.nn.optim;

import javelin.kernels.Kernel;
import javelin.kernels.optim.AdamStep;

import java.util.List;

/// Adam with weight decay apart from the gradient: `w ← w − rate·decay·w`.
///
/// @param beta1 decay of the mean of gradients, `β₁`, in `[0, 1)`
/// @param beta2 decay of the mean of their squares, `β₂`, in `[0, 1)`
/// @param epsilon `ε`, added to the root of the squares, above 0
/// @param decay weight decay
/// @see "Loshchilov and Hutter, Decoupled weight decay regularization, 2019, Algorithm 2"
public record AdamW(double beta1, double beta2, double epsilon, Decay decay) implements Optimizer {
    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException if one is violated
    public AdamW {
        Ranges.share("adamW", "beta1", beta1);
        Ranges.share("adamW", "beta2", beta2);
        Ranges.positive("adamW", "epsilon", epsilon);
    }

    /// The paper's constants: 0.9, 0.999, 1e-8.
    public AdamW(Decay decay) {
        this(0.9, 0.999, 1e-8, decay);
    }

    @Override
    public List<String> slots() {
        return List.of("mean", "square");
    }

    @Override
    public Kernel kernel(double rate, long step, boolean decays) {
        double strength = decays ? decay.strength() : 0;
        return new AdamStep(rate, beta1, beta2, epsilon, strength, true, step);
    }
}
