package javelin.kernels.layout;

import javelin.kernels.Kernel;

/// Copies of `x` along the axes in which it has size 1 (or that it lacks in front), to the shape of
/// the output. Its adjoint is a sum over those axes.
public record Broadcast() implements Kernel {}
