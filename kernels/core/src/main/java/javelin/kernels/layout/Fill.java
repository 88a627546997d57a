package javelin.kernels.layout;

import javelin.kernels.Kernel;

/// One number everywhere; no inputs, any element type.
public record Fill(double value) implements Kernel {}
