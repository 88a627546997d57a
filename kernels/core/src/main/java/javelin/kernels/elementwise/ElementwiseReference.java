package javelin.kernels.elementwise;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.List;

/// Elementwise functions in 64 bits.
public final class ElementwiseReference {
    private ElementwiseReference() {}

    /// `y[i] = f(x[i])`.
    public static void run(Unary f, List<View> in, View out) {
        View x = in.getFirst();
        for (int i = 0; i < out.length(); i++) {
            out.doubles()[out.offset() + i] = f.exact(x.doubles()[x.offset() + i]);
        }
    }

    /// `y[i] = f(a[i], b[i])`, broadcasting.
    public static void run(Binary f, List<View> in, View out) {
        for (int i = 0; i < out.length(); i++) {
            out.doubles()[out.offset() + i] =
                    f.exact(at(in.get(0), out.shape(), i), at(in.get(1), out.shape(), i));
        }
    }

    /// `y[i] = f(a[i], b[i], c[i])`, broadcasting.
    public static void run(Ternary f, List<View> in, View out) {
        for (int i = 0; i < out.length(); i++) {
            out.doubles()[out.offset() + i] =
                    f.exact(
                            at(in.get(0), out.shape(), i),
                            at(in.get(1), out.shape(), i),
                            at(in.get(2), out.shape(), i));
        }
    }

    /// The element of `x` that broadcasting puts at flat position `i` of `target`.
    private static double at(View x, Shape target, int i) {
        int position = 0;
        int stride = 1;
        int rest = i;
        for (int axis = 1; axis <= x.shape().rank(); axis++) { // from the innermost outwards
            int size = x.shape().dim(-axis);
            int coordinate = rest % target.dim(-axis);
            rest /= target.dim(-axis);
            position += (size == 1 ? 0 : coordinate) * stride;
            stride *= size;
        }
        return x.doubles()[x.offset() + position];
    }
}
