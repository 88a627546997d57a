package javelin.kernels.layout;

import javelin.kernels.Kernel;

/// The same elements, same type and size; shapes may differ.
public record Copy() implements Kernel {}
