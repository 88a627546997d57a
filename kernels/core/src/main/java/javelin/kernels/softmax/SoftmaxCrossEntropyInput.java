package javelin.kernels.softmax;

import javelin.kernels.Kernel;

/// Gradient of [SoftmaxCrossEntropy]: `dx[b,k] = dy[b] · (softmax(x[b])[k] − t[b,k])`.
///
/// | input | shape |
/// |---|---|
/// | `x` | `[b, K]` logits |
/// | `label` | `[b]` I32; −1 gives a row of zeros |
/// | `dy` | `[b]` |
/// | output `dx` | `[b, K]` |
public record SoftmaxCrossEntropyInput(double smoothing) implements Kernel {}
