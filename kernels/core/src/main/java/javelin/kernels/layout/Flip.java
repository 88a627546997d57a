package javelin.kernels.layout;

import javelin.kernels.Kernel;

/// Reversed order along each axis whose bit is set in `axes`.
public record Flip(int axes) implements Kernel {}
