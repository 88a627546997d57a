package javelin.nn.io;

import java.util.Arrays;

/// Reorders weights and images between the PyTorch and ONNX world (channels first) and ours
/// (channels last). Every method copies.
///
/// | what | theirs | ours |
/// |---|---|---|
/// | convolution weight | `[o, c/groups, kh, kw]` | `[kh, kw, c/groups, o]` |
/// | transposed convolution weight | `[in, out/groups, kh, kw]` | `[kh, kw, out/groups, in]` |
/// | linear weight | `[out, in]` | `[in, out]` |
/// | images | `[n, c, h, w]` | `[n, h, w, c]` |
///
/// The first two rows are the same reordering: a transposed convolution holds the weight of the
/// convolution whose adjoint it is. A linear layer that follows a flattened image needs more than a
/// transposition, because its inputs are counted in another order: [#linearAfterFlatten].
public final class Layouts {
    private Layouts() {}

    /// `[o, c, kh, kw]` to `[kh, kw, c, o]`.
    public static float[] convFromTorch(float[] w, int o, int c, int kh, int kw) {
        return permute(w, new int[] {o, c, kh, kw}, 2, 3, 1, 0);
    }

    /// `[kh, kw, c, o]` to `[o, c, kh, kw]`.
    public static float[] convToTorch(float[] w, int kh, int kw, int c, int o) {
        return permute(w, new int[] {kh, kw, c, o}, 3, 2, 0, 1);
    }

    /// `[out, in]` to `[in, out]`.
    public static float[] linearFromTorch(float[] w, int out, int in) {
        return permute(w, new int[] {out, in}, 1, 0);
    }

    /// `[in, out]` to `[out, in]`.
    public static float[] linearToTorch(float[] w, int in, int out) {
        return permute(w, new int[] {in, out}, 1, 0);
    }

    /// Weight of a linear layer whose input is a flattened image: `[out, c·h·w]` to `[h·w·c, out]`.
    public static float[] linearAfterFlatten(float[] w, int out, int c, int h, int width) {
        return permute(w, new int[] {out, c, h, width}, 2, 3, 1, 0);
    }

    /// `[n, c, h, w]` to `[n, h, w, c]`.
    public static float[] imagesFromTorch(float[] x, int n, int c, int h, int w) {
        return permute(x, new int[] {n, c, h, w}, 0, 2, 3, 1);
    }

    /// `[n, h, w, c]` to `[n, c, h, w]`.
    public static float[] imagesToTorch(float[] x, int n, int h, int w, int c) {
        return permute(x, new int[] {n, h, w, c}, 0, 3, 1, 2);
    }

    /// Reorders axes: axis `i` of the result is axis `order[i]` of `x`.
    ///
    /// @throws IllegalArgumentException if `x` has not as many values as `shape` says
    public static float[] permute(float[] x, int[] shape, int... order) {
        long size = 1;
        for (int d : shape) {
            size = Math.multiplyExact(size, (long) d);
        }
        if (size != x.length || shape.length != order.length) {
            throw new IllegalArgumentException(
                    "layouts: %d values do not fill %s"
                            .formatted(x.length, Arrays.toString(shape)));
        }
        int rank = shape.length;
        int[] step = new int[rank]; // distance in x along each axis of the result
        int[] limit = new int[rank];
        for (int i = 0; i < rank; i++) {
            step[i] = 1;
            for (int j = order[i] + 1; j < rank; j++) {
                step[i] *= shape[j];
            }
            limit[i] = shape[order[i]];
        }
        float[] y = new float[x.length];
        int[] at = new int[rank];
        int from = 0;
        for (int i = 0; i < y.length; i++) {
            y[i] = x[from];
            for (int axis = rank - 1; axis >= 0; axis--) {
                from += step[axis];
                if (++at[axis] < limit[axis]) {
                    break;
                }
                from -= step[axis] * limit[axis];
                at[axis] = 0;
            }
        }
        return y;
    }
}
