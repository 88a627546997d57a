package javelin.nn.layers;

import javelin.nn.Module;
import javelin.tensor.Rng;
import javelin.tensor.Tensor;

/// A filter per channel, then a mixture of channels: `pointwise(depthwise(x))`.
///
/// | operand | shape |
/// |---|---|
/// | `x` | `[n, h, w, in]` |
/// | `depthwise.weight` | `[k, k, 1, in]` |
/// | `pointwise.weight` | `[1, 1, in, out]` |
/// | `pointwise.bias` | `[out]` |
/// | result | `[n, ⌈h/stride⌉, ⌈w/stride⌉, out]` for odd `k` |
///
/// Costs `k² · in + in · out` multiplications per pixel instead of `k² · in · out`.
///
/// @see "Chollet, Xception: deep learning with depthwise separable convolutions, 2017"
public final class DepthwiseSeparableConv2d extends Module {
    private final Conv2d depthwise;
    private final Conv2d pointwise;

    /// Layer with a window of odd `size`, padded by half of it.
    public DepthwiseSeparableConv2d(int in, int out, int size, int stride, Rng rng) {
        depthwise =
                child(
                        "depthwise",
                        new Conv2d(
                                Conv2d.Config.same(in, in, size)
                                        .stride(stride)
                                        .groups(in)
                                        .bias(false),
                                rng));
        pointwise = child("pointwise", new Conv2d(Conv2d.Config.of(in, out, 1), rng));
    }

    @Override
    public Tensor forward(Tensor x) {
        return pointwise.forward(depthwise.forward(x));
    }
}
