package javelin.kernels.softmax;

import javelin.kernels.Kernel;

/// Cross entropy of softmax against class numbers: `y[b] = −Σ_k t[b,k] · log softmax(x[b])[k]`,
/// `t[b,k] = (1−ε)·[k = label[b]] + ε/K`.
///
/// | input | shape |
/// |---|---|
/// | `x` | `[b, K]` logits |
/// | `label` | `[b]` I32, each in `0 … K−1`, or −1 for no loss |
/// | output | `[b]` |
///
/// @param smoothing label smoothing `ε` in `[0, 1)`
public record SoftmaxCrossEntropy(double smoothing) implements Kernel {}
