package javelin.kernels.layout;

import static javelin.kernels.reference.Elements.get;
import static javelin.kernels.reference.Elements.set;

import javelin.kernels.Shape;
import javelin.kernels.View;

import java.util.List;

/// Moves of elements, one at a time, for views of any type.
public final class LayoutReference {
    private LayoutReference() {}

    /// `y[…, j, …] = x[…, j or 0, …]`.
    public static void run(Broadcast f, List<View> in, View y) {
        View x = in.getFirst();
        int lead = y.shape().rank() - x.shape().rank();
        for (int i = 0; i < y.length(); i++) {
            int[] to = coordinates(y.shape(), i);
            int[] from = new int[x.shape().rank()];
            for (int axis = 0; axis < from.length; axis++) {
                from[axis] = x.shape().dim(axis) == 1 ? 0 : to[axis + lead];
            }
            set(y, i, get(x, position(x.shape(), from)));
        }
    }

    /// Coordinate `i` of the output is coordinate `order[i]` of the input.
    public static void run(Permute f, List<View> in, View y) {
        View x = in.getFirst();
        for (int i = 0; i < y.length(); i++) {
            int[] to = coordinates(y.shape(), i);
            int[] from = new int[to.length];
            for (int axis = 0; axis < to.length; axis++) {
                from[f.order().get(axis)] = to[axis];
            }
            set(y, i, get(x, position(x.shape(), from)));
        }
    }

    /// `y[…, j, …] = x[…, source(j − before), …]`, or the constant.
    public static void run(Pad f, List<View> in, View y) {
        View x = in.getFirst();
        for (int i = 0; i < y.length(); i++) {
            int from = source(f.mode(), f.before(), y.shape(), x.shape(), i);
            set(y, i, from < 0 ? f.value() : get(x, from));
        }
    }

    /// `dx = 0`, then `dx[…, source(j − before), …] += dy[…, j, …]`.
    public static void run(PadInput f, List<View> in, View dx) {
        View dy = in.getFirst();
        fill(dx, 0);
        for (int i = 0; i < dy.length(); i++) {
            int to = source(f.mode(), f.before(), dy.shape(), dx.shape(), i);
            if (to >= 0) {
                set(dx, to, get(dx, to) + get(dy, i));
            }
        }
    }

    /// Position in `x` that element `i` of the padded shape copies, or −1 for the constant.
    private static int source(Pad.Mode mode, List<Integer> before, Shape padded, Shape x, int i) {
        int[] c = coordinates(padded, i);
        for (int axis = 0; axis < c.length; axis++) {
            c[axis] = mode.source(c[axis] - before.get(axis), x.dim(axis));
            if (c[axis] < 0) {
                return -1;
            }
        }
        return position(x, c);
    }

    /// `y[…, j, …] = x[…, start + j·step, …]`.
    public static void run(Slice f, List<View> in, View y) {
        View x = in.getFirst();
        for (int i = 0; i < y.length(); i++) {
            set(y, i, get(x, sliced(f.start(), f.step(), y.shape(), x.shape(), i)));
        }
    }

    /// `dx = 0`, then `dx[…, start + j·step, …] = dy[…, j, …]`.
    public static void run(SliceInput f, List<View> in, View dx) {
        View dy = in.getFirst();
        fill(dx, 0);
        for (int i = 0; i < dy.length(); i++) {
            set(dx, sliced(f.start(), f.step(), dy.shape(), dx.shape(), i), get(dy, i));
        }
    }

    /// Position in `x` of element `i` of the slice.
    private static int sliced(
            List<Integer> start, List<Integer> step, Shape slice, Shape x, int i) {
        int[] c = coordinates(slice, i);
        for (int axis = 0; axis < c.length; axis++) {
            c[axis] = start.get(axis) + c[axis] * step.get(axis);
        }
        return position(x, c);
    }

    /// `y[a, j, b] = x_k[a, j − sizes of the inputs in front, b]`.
    public static void run(Concat f, List<View> in, View y) {
        int outer = y.shape().product(0, f.axis());
        int size = y.shape().dim(f.axis());
        int inner = y.shape().product(f.axis() + 1, y.shape().rank());
        int front = 0;
        for (View x : in) {
            int own = x.shape().dim(f.axis());
            for (int a = 0; a < outer; a++) {
                for (int j = 0; j < own; j++) {
                    for (int b = 0; b < inner; b++) {
                        double element = get(x, (a * own + j) * inner + b);
                        set(y, (a * size + front + j) * inner + b, element);
                    }
                }
            }
            front += own;
        }
    }

    /// `y[…, j, …] = x[…, size − 1 − j, …]` along the flipped axes.
    public static void run(Flip f, List<View> in, View y) {
        View x = in.getFirst();
        for (int i = 0; i < y.length(); i++) {
            int[] c = coordinates(y.shape(), i);
            for (int axis = 0; axis < c.length; axis++) {
                if ((f.axes() >> axis & 1) != 0) {
                    c[axis] = x.shape().dim(axis) - 1 - c[axis];
                }
            }
            set(y, i, get(x, position(x.shape(), c)));
        }
    }

    /// `y[i] = x[i]`.
    public static void run(Copy f, List<View> in, View y) {
        copy(in.getFirst(), y);
    }

    /// `y[i] = x[i]` in the type of `y`.
    public static void run(Cast f, List<View> in, View y) {
        copy(in.getFirst(), y);
    }

    /// `y[i] = value`.
    public static void run(Fill f, List<View> in, View y) {
        fill(y, f.value());
    }

    private static void copy(View x, View y) {
        for (int i = 0; i < y.length(); i++) {
            set(y, i, get(x, i));
        }
    }

    private static void fill(View y, double value) {
        for (int i = 0; i < y.length(); i++) {
            set(y, i, value);
        }
    }

    private static int[] coordinates(Shape shape, int position) {
        int[] c = new int[shape.rank()];
        int rest = position;
        for (int axis = c.length - 1; axis >= 0; axis--) {
            c[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return c;
    }

    private static int position(Shape shape, int[] coordinates) {
        int position = 0;
        for (int axis = 0; axis < coordinates.length; axis++) {
            position = position * shape.dim(axis) + coordinates[axis];
        }
        return position;
    }
}
