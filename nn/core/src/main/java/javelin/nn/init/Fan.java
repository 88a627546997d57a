package javelin.nn.init;

import javelin.kernels.Shape;

/// How many products meet in one number: what the variance of initial weights is scaled by.
///
/// @param in inputs that one output is summed from
/// @param out outputs that one input flows into
public record Fan(long in, long out) {
    /// Fans of a linear layer's weight `[in, out]`.
    public static Fan linear(Shape weight) {
        return new Fan(weight.dim(0), weight.dim(1));
    }

    /// Fans of a convolution's weight `[kh, kw, c/groups, o]`: taps times channels of one group.
    /// (PyTorch does not divide the outgoing side by the groups, which makes depthwise weights
    /// smaller by `√groups`.)
    public static Fan conv(Shape weight, int groups) {
        long taps = (long) weight.dim(0) * weight.dim(1);
        return new Fan(taps * weight.dim(2), taps * weight.dim(3) / groups);
    }
}
