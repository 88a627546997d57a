package javelin.kernels.layout;

import javelin.kernels.Kernel;

/// The inputs one behind the other along an axis; all other sizes are equal. Any number of inputs,
/// any element type.
public record Concat(int axis) implements Kernel {}
