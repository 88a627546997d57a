package javelin.kernels.resize;

/// How [Resize2d] finds a pixel between pixels. Output pixel `p` of size `out` lies at `(p + ½) ·
/// in/out − ½` of the input (half-pixel centres); outside, the edge is repeated.
public sealed interface Interpolation {
    /// The pixel at `⌊p · in/out⌋`.
    record Nearest() implements Interpolation {}

    /// Straight line between two pixels.
    ///
    /// @param antialias when shrinking, widen the kernel by the factor, so that every pixel counts
    record Bilinear(boolean antialias) implements Interpolation {}

    /// Piecewise cubic through four pixels.
    ///
    /// @param a slope of the kernel at distance 1: −0.5 (MATLAB, Pillow) or −0.75 (PyTorch, OpenCV)
    /// @param antialias when shrinking, widen the kernel by the factor, so that every pixel counts
    /// @see "Keys, Cubic convolution interpolation for digital image processing, 1981, Eq. (15)"
    record Bicubic(double a, boolean antialias) implements Interpolation {}
}
