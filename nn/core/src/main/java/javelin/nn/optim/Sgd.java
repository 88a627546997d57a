package javelin.nn.optim;

import javelin.kernels.Kernel;
import javelin.kernels.optim.SgdStep;

import java.util.List;

/// Gradient descent with momentum: `g ← dw + decay·w`, `v ← momentum·v + g`, `w ← w −
/// rate·(nesterov ? g + momentum·v : v)`.
///
/// @param momentum share of the last step that goes on, in `[0, 1)`
/// @param nesterov whether the step looks ahead
/// @param decay weight decay
/// @see "Sutskever et al., On the importance of initialization and momentum in deep learning, 2013"
public record Sgd(double momentum, boolean nesterov, Decay decay) implements Optimizer {
    /// Checks the range.
    ///
    /// @throws IllegalArgumentException if `momentum` is not in `[0, 1)`
    public Sgd {
        Ranges.share("sgd", "momentum", momentum);
    }

    /// Plain gradient descent.
    public Sgd() {
        this(0, false, Decay.NONE);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("velocity");
    }

    @Override
    public Kernel kernel(double rate, long step, boolean decays) {
        return new SgdStep(rate, momentum, nesterov, decays ? decay.strength() : 0);
    }
}
