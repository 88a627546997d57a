package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Pixels rearranged into channels, the inverse of [PixelShuffle]: a composition of reshape and
/// permute.
///
/// `y[n, h, w, (c·r + i)·r + j] = x[n, h·r + i, w·r + j, c]`
public final class PixelUnshuffle {
    private PixelUnshuffle() {}

    /// `[n, h·r, w·r, c] → [n, h, w, c·r²]`; see the class.
    ///
    /// @param r pixels per side that become one pixel, at least 1
    /// @throws ShapeException if the size of the image does not divide by `r`
    public static Tensor pixelUnshuffle(Tensor x, int r) {
        Shape s = x.shape();
        if (s.rank() != 4 || r < 1 || s.dim(1) % r != 0 || s.dim(2) % r != 0) {
            throw new ShapeException(
                    "pixelUnshuffle",
                    "input %s must be [n, h·r, w·r, c] for r = %d".formatted(s, r),
                    List.of(s));
        }
        int h = s.dim(1) / r;
        int w = s.dim(2) / r;
        return x.reshape(s.dim(0), h, r, w, r, s.dim(3))
                .permute(0, 1, 3, 5, 2, 4)
                .reshape(s.dim(0), h, w, s.dim(3) * r * r);
    }
}
