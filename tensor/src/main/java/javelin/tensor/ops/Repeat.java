package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;
import javelin.tensor.Tensor;

import java.util.List;

/// Whole copies side by side along each axis (tiling): a composition of reshape and broadcast.
public final class Repeat {
    private Repeat() {}

    /// `x` repeated `times[i]` times along axis `i`: `[a, b] → [a·times[0], b·times[1]]`.
    ///
    /// @param times one number per axis, at least 0
    /// @throws ShapeException if there is not one number per axis
    public static Tensor repeat(Tensor x, int... times) {
        Shape s = x.shape();
        if (times.length != s.rank()) {
            throw new ShapeException(
                    "repeat",
                    "%d numbers of copies for %d axes (input %s)"
                            .formatted(times.length, s.rank(), s),
                    List.of(s));
        }
        int[] apart = new int[2 * times.length]; // [1, a, 1, b]
        int[] copied = new int[2 * times.length]; // [times, a, times, b]
        int[] merged = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            apart[2 * i] = 1;
            apart[2 * i + 1] = s.dim(i);
            copied[2 * i] = times[i];
            copied[2 * i + 1] = s.dim(i);
            merged[i] = Math.multiplyExact(times[i], s.dim(i));
        }
        return x.reshape(apart).broadcastTo(copied).reshape(merged);
    }
}
