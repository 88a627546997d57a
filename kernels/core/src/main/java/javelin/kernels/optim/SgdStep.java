package javelin.kernels.optim;

import javelin.kernels.Kernel;

/// One step of gradient descent with momentum, in place.
///
/// `g ← dw + decay·w`, `v ← momentum·v + g`, `w ← w − rate·(nesterov ? g + momentum·v : v)`
///
/// Inputs `dw`, `v` (updated), both of the shape of the output `w` (updated). With `momentum = 0`,
/// `v` is left out of the inputs.
public record SgdStep(double rate, double momentum, boolean nesterov, double decay)
        implements Kernel {}
