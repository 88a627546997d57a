package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Channels rearranged into pixels: a composition of reshape and permute.
///
/// `y[n, h·r + i, w·r + j, c] = x[n, h, w, (c·r + i)·r + j]`
///
/// @see "Shi et al., Real-time single image and video super-resolution, 2016, Eq. (4)"
public final class PixelShuffle {
    private PixelShuffle() {}

    /// `[n, h, w, c·r²] → [n, h·r, w·r, c]`; see the class.
    ///
    /// @param r pixels per side that one input pixel becomes, at least 1
    /// @throws ShapeException if the channels do not divide by `r²`
    public static Tensor pixelShuffle(Tensor x, int r) {
        Shape s = x.shape();
        if (s.rank() != 4 || r < 1 || s.dim(3) % (r * r) != 0) {
            throw new ShapeException(
                    "pixelShuffle",
                    "input %s must be [n, h, w, c·r²] for r = %d".formatted(s, r),
                    List.of(s));
        }
        int c = s.dim(3) / (r * r);
        return x.reshape(s.dim(0), s.dim(1), s.dim(2), c, r, r)
                .permute(0, 1, 4, 2, 5, 3)
                .reshape(s.dim(0), s.dim(1) * r, s.dim(2) * r, c);
    }
}
