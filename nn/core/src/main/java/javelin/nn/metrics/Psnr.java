package javelin.nn.metrics;

import javelin.tensor.Tensor;

/// Peak signal-to-noise ratio of images.
public final class Psnr {
    private Psnr() {}

    /// `10·log₁₀(range² / mean (x − y)²)` in decibels; infinite for equal images.
    ///
    /// @param range difference between the largest and the smallest possible value
    /// @throws javelin.tensor.ShapeException if the shapes do not broadcast
    public static double psnr(Tensor x, Tensor y, double range) {
        double error = x.sub(y).square().mean().item();
        return 10 * Math.log10(range * range / error);
    }
}
