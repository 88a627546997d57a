package javelin.kernels.layout;

import javelin.kernels.Kernel;

/// The same numbers in the element type of the output. Real numbers become integers towards zero.
public record Cast() implements Kernel {}
