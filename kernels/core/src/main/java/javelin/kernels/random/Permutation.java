package javelin.kernels.random;

import javelin.kernels.Kernel;

/// A random order of `0 … n−1`: no inputs, output `[n]` I32; every order is equally likely (up to
/// the generator). Element `i` is swapped with a uniform one of `i … n−1` (Fisher and Yates).
public record Permutation(long key, long counter) implements Kernel {}
