package javelin.nn.optim;

import javelin.kernels.Kernel;
import javelin.kernels.optim.RmspropStep;

import java.util.List;

/// Gradient descent by the root of the mean square of each gradient.
///
/// @param rho decay of the mean of squares, `ρ`, in `[0, 1)`
/// @param momentum share of the last step that goes on, in `[0, 1)`
/// @param epsilon added to the root, above 0
/// @param decay weight decay
/// @see "Tieleman and Hinton, Lecture 6.5 of Neural Networks for Machine Learning, 2012"
public record Rmsprop(double rho, double momentum, double epsilon, Decay decay)
        implements Optimizer {
    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException if one is violated
    public Rmsprop {
        Ranges.share("rmsprop", "rho", rho);
        Ranges.share("rmsprop", "momentum", momentum);
        Ranges.positive("rmsprop", "epsilon", epsilon);
    }

    /// `ρ = 0.99`, no momentum, `ε = 1e-8`.
    public Rmsprop(Decay decay) {
        this(0.99, 0, 1e-8, decay);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of("square") : List.of("square", "velocity");
    }

    @Override
    public Kernel kernel(double rate, long step, boolean decays) {
        double strength = decays ? decay.strength() : 0;
        return new RmspropStep(rate, rho, momentum, epsilon, strength);
    }
}
