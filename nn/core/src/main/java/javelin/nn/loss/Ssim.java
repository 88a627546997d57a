package javelin.nn.loss;

import static javelin.tensor.ops.Conv2d.conv2d;

import javelin.kernels.Backends;
import javelin.kernels.conv.Geometry;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Structural similarity of images, 1 for equal ones.
///
/// With local means `μ`, variances `σ²` and covariance `σ_xy` under an 11×11 Gaussian window of
/// standard deviation 1.5 pixels, `C₁ = (0.01·range)²`, `C₂ = (0.03·range)²`:
///
/// `SSIM = (2μ_xμ_y + C₁)(2σ_xy + C₂) / ((μ_x² + μ_y² + C₁)(σ_x² + σ_y² + C₂))`
///
/// averaged over the windows that lie inside the image, and over channels and batch.
///
/// @see "Wang, Bovik, Sheikh and Simoncelli, Image quality assessment: from error visibility to
///   structural similarity, 2004, Eq. (13)"
public final class Ssim {
    private static final int WINDOW = 11;
    private static final double SIGMA = 1.5;

    private Ssim() {}

    /// Mean structural similarity of two batches of images `[n, h, w, c]`, shape `[]`;
    /// differentiable.
    ///
    /// @param range difference between the largest and the smallest possible value
    /// @throws ShapeException if the shapes differ or an image is smaller than the window
    public static Tensor ssim(Tensor x, Tensor y, double range) {
        Losses.same("ssim", x, y);
        if (x.shape().rank() != 4 || Math.min(x.dim(1), x.dim(2)) < WINDOW) {
            throw new ShapeException(
                    "ssim",
                    "images must be [n, h, w, c] and at least %d pixels wide and high, got %s"
                            .formatted(WINDOW, x.shape()),
                    List.of(x.shape()));
        }
        double c1 = Math.pow(0.01 * range, 2);
        double c2 = Math.pow(0.03 * range, 2);
        Tensor meanX = blur(x);
        Tensor meanY = blur(y);
        Tensor meanXY = meanX.mul(meanY);
        Tensor squares = meanX.square().add(meanY.square());
        Tensor variances = blur(x.square()).add(blur(y.square())).sub(squares);
        Tensor covariance = blur(x.mul(y)).sub(meanXY);
        Tensor above = meanXY.mul(2).add(c1).mul(covariance.mul(2).add(c2));
        return above.div(squares.add(c1).mul(variances.add(c2))).mean();
    }

    /// Weighted means under the window, columns then rows, per channel.
    private static Tensor blur(Tensor x) {
        int c = x.dim(3);
        double[] g = gaussian();
        double[] perChannel = new double[WINDOW * c];
        for (int i = 0; i < perChannel.length; i++) {
            perChannel[i] = g[i / c];
        }
        return Backends.with(
                x.backend(),
                () -> {
                    Geometry depthwise = Geometry.UNIT.groups(c);
                    Tensor vertical = Tensor.of(perChannel, WINDOW, 1, 1, c);
                    Tensor horizontal = Tensor.of(perChannel, 1, WINDOW, 1, c);
                    return conv2d(conv2d(x, vertical, depthwise), horizontal, depthwise);
                });
    }

    private static double[] gaussian() {
        double[] g = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double d = (i - WINDOW / 2) / SIGMA;
            g[i] = Math.exp(-d * d / 2);
            sum += g[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            g[i] /= sum;
        }
        return g;
    }
}
