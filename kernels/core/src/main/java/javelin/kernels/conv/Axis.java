package javelin.kernels.conv;

/// One image axis of a correlation: output `u` of `outputs` (at position `outStart + u·outStep` of
/// the result) sums over taps `t` of `taps` the source pixel `start + u·stride + t·tapStep` times
/// the weight `weightStart + t·weightStep`; pixels outside the source count as 0.
///
/// [Conv2d] is one such correlation. [Conv2dInput] is one per phase of its stride: output pixels of
/// one remainder see the same subset of taps, in reverse order.
record Axis(
        int taps,
        int tapStep,
        int stride,
        int start,
        int outputs,
        int outStart,
        int outStep,
        int weightStart,
        int weightStep) {
    /// Axis of a convolution.
    static Axis forward(int k, int dilation, int stride, int padding, int outputs) {
        return new Axis(k, dilation, stride, -padding, outputs, 0, 1, 0, 1);
    }

    /// Axis of its adjoint: the pixels `r` of `size` with `(r + padding) mod stride = phase`.
    ///
    /// Tap `i` leads from `r` to `p = (r + padding − i·dilation) / stride` where that divides;
    /// those taps are `i₀, i₀ + di, …`.
    static Axis adjoint(int k, int dilation, int stride, int padding, int size, int phase) {
        int first = Math.floorMod(phase - padding, stride);
        int outputs = first >= size ? 0 : (size - first + stride - 1) / stride;
        int di = stride / gcd(stride, dilation);
        int i0 = 0;
        while (i0 < Math.min(di, k) && i0 * dilation % stride != phase) {
            i0++;
        }
        int taps = i0 >= Math.min(di, k) ? 0 : (k - i0 + di - 1) / di;
        int tapStep = di * dilation / stride;
        int start = (first + padding - i0 * dilation) / stride - (taps - 1) * tapStep;
        return new Axis(
                taps,
                tapStep,
                1,
                taps == 0 ? 0 : start,
                outputs,
                first,
                stride,
                i0 + (taps - 1) * di,
                -di);
    }

    /// First source pixel of output `u`; may lie outside.
    int from(int u) {
        return start + u * stride;
    }

    /// Source pixels from the first of output `u` to the last of output `v`.
    int span(int u, int v) {
        return (v - u) * stride + Math.max(0, taps - 1) * tapStep + 1;
    }

    /// Whether all taps of all outputs lie inside a source of `size` pixels.
    boolean isInside(int size) {
        return start >= 0 && outputs > 0 && start + span(0, outputs - 1) <= size;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
