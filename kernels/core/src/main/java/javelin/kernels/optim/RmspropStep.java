package javelin.kernels.optim;

import javelin.kernels.Kernel;

/// One step of RMSprop, in place.
///
/// `g ← dw + decay·w`, `s ← ρ·s + (1−ρ)·g²`, `v ← momentum·v + g/(√s + ε)`, `w ← w − rate·v`
///
/// Inputs `dw`, `s` (updated), `v` (updated), all of the shape of the output `w` (updated). With
/// `momentum = 0`, `v` is left out of the inputs.
///
/// @see "Tieleman and Hinton, Lecture 6.5 of Neural Networks for Machine Learning, 2012"
public record RmspropStep(double rate, double rho, double momentum, double epsilon, double decay)
        implements Kernel {}
