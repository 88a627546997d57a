package javelin.algorithms.dcp;

/// How channels are chosen: the method of the paper, and those it is compared with.
public enum Criterion {
    /// By the gradient of `L_M + λ·L_S`, one channel after the other, each time with the weights
    /// fitted anew.
    DCP(true),
    /// At random, with the weights fitted as in DCP: what the choice by gradients is worth.
    RANDOM(true),
    /// As DCP with `λ = 0`: channels that rebuild the layer's output, as channel pruning and ThiNet
    /// choose them, here by forward greedy selection.
    RECONSTRUCTION(true),
    /// As DCP without `L_M`.
    DISCRIMINATION(true),
    /// By the sum of the absolute weights of the filter that makes the channel; nothing is fitted.
    ///
    /// @see "Li, Kadav, Durdanovic, Samet and Graf, Pruning filters for efficient ConvNets, 2017"
    MAGNITUDE(false),
    /// By the scale of the batch norm that the channel goes through, after training in which these
    /// scales are drawn to 0. Other than in the paper, the same part of each layer goes.
    ///
    /// @see "Liu, Li, Shen, Huang, Yan and Zhang, Learning efficient convolutional networks through
    ///   network slimming, 2017"
    SLIMMING(false),
    /// Any channels, with new random weights: the small network trained from scratch.
    SCRATCH(false);

    private final boolean greedy;

    Criterion(boolean greedy) {
        this.greedy = greedy;
    }

    /// Whether channels are selected one after the other, with weights fitted each time.
    public boolean isGreedy() {
        return greedy;
    }
}
