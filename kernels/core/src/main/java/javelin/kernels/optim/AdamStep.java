package javelin.kernels.optim;

import javelin.kernels.Kernel;

/// One step of Adam or AdamW, in place, with bias correction for step number `step ≥ 1`.
///
/// `g ← dw + (decoupled ? 0 : decay·w)`, `m ← β₁m + (1−β₁)g`, `v ← β₂v + (1−β₂)g²`, `w ← w −
/// rate·(m̂ / (√v̂ + ε) + (decoupled ? decay·w : 0))` with `m̂ = m/(1−β₁ᵗ)`, `v̂ = v/(1−β₂ᵗ)`
///
/// Inputs `dw`, `m` (updated), `v` (updated), all of the shape of the output `w` (updated).
///
/// @see "Kingma and Ba, Adam, 2015, Algorithm 1"
/// @see "Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019, Algorithm 2"
public record AdamStep(
        double rate,
        double beta1,
        double beta2,
        double epsilon,
        double decay,
        boolean decoupled,
        long step)
        implements Kernel {}
