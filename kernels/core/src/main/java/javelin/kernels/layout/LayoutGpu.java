package javelin.kernels.layout;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Source;
import javelin.kernels.gpu.Strides;

import java.util.List;

/// Moves of elements on a device: where they come from or go to is a set of strides.
public final class LayoutGpu {
    private static final Source SOURCE = Source.of("layout/layout.k");

    private LayoutGpu() {}

    /// `y[…, j, …] = x[…, j or 0, …]`.
    public static void run(Broadcast f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        gather(x, Strides.broadcast(x.shape(), y.shape()), y, on);
    }

    /// Coordinate `i` of the output is coordinate `order[i]` of the input.
    public static void run(Permute f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        int[] own = x.shape().strides();
        int[] strides = f.order().stream().mapToInt(axis -> own[axis]).toArray();
        gather(x, new Strides(0, y.shape(), strides), y, on);
    }

    /// `y[…, j, …] = x[…, start + j·step, …]`.
    public static void run(Slice f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        gather(x, slice(x.shape(), f.start(), f.step(), y.shape()), y, on);
    }

    /// `dx = 0`, then `dx[…, start + j·step, …] = dy[…, j, …]`.
    public static void run(SliceInput f, List<View> in, View dx, GpuBackend on) {
        View dy = in.getFirst();
        fill(dx, 0, on);
        scatter(dy, dx, slice(dx.shape(), f.start(), f.step(), dy.shape()), on);
    }

    private static Strides slice(Shape x, List<Integer> start, List<Integer> step, Shape part) {
        int[] strides = x.strides();
        int first = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            first += start.get(axis) * strides[axis];
            strides[axis] *= step.get(axis);
        }
        return new Strides(first, part, strides);
    }

    /// `y[…, j, …] = x[…, size − 1 − j, …]` along the flipped axes.
    public static void run(Flip f, List<View> in, View y, GpuBackend on) {
        int[] strides = y.shape().strides();
        int first = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            if ((f.axes() >> axis & 1) != 0) {
                first += (y.shape().dim(axis) - 1) * strides[axis];
                strides[axis] = -strides[axis];
            }
        }
        gather(in.getFirst(), new Strides(first, y.shape(), strides), y, on);
    }

    /// `y[a, j, b] = x_k[a, j − sizes of the inputs in front, b]`.
    public static void run(Concat f, List<View> in, View y, GpuBackend on) {
        int[] strides = y.shape().strides();
        int front = 0;
        for (View x : in) {
            scatter(x, y, new Strides(front * strides[f.axis()], x.shape(), strides), on);
            front += x.shape().dim(f.axis());
        }
    }

    /// `y[i] = x[i]`.
    public static void run(Copy f, List<View> in, View y, GpuBackend on) {
        gather(in.getFirst(), Strides.of(y.shape()), y, on);
    }

    /// `y[i] = x[i]` in the type of `y`.
    public static void run(Cast f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        if (x.type() == y.type()) {
            gather(x, Strides.of(y.shape()), y, on);
        } else if (y.type() == DType.I32) {
            on.kernel(SOURCE, "cast_to_int").floats(x).ints(y).items(y.length());
        } else {
            on.kernel(SOURCE, "cast_to_float").ints(x).floats(y).items(y.length());
        }
    }

    /// `y[i] = value`.
    public static void run(Fill f, List<View> in, View y, GpuBackend on) {
        fill(y, f.value(), on);
    }

    /// `y[…, j, …] = x[…, source(j − before), …]`, or the constant.
    public static void run(Pad f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        on.kernel(SOURCE, "pad")
                .with(f.mode())
                .words(x)
                .axes(x.shape(), x.shape().strides())
                .words(y)
                .axes(y.shape(), ints(f.before()))
                .with(bits(f.value(), y.type()))
                .items(y.length());
    }

    /// `dx[j] = Σ dy` over the elements that copied `x[j]`.
    public static void run(PadInput f, List<View> in, View dx, GpuBackend on) {
        View dy = in.getFirst();
        on.kernel(SOURCE, "pad_input")
                .with(f.mode())
                .floats(dy)
                .axes(dy.shape(), dy.shape().strides())
                .floats(dx)
                .axes(dx.shape(), ints(f.before()))
                .items(dx.length());
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void gather(View x, Strides at, View y, GpuBackend on) {
        on.kernel(SOURCE, "gather").words(x).with(at).words(y).items(y.length());
    }

    private static void scatter(View x, View y, Strides at, GpuBackend on) {
        on.kernel(SOURCE, "scatter").words(x).words(y).with(at).items(x.length());
    }

    private static void fill(View y, double value, GpuBackend on) {
        on.kernel(SOURCE, "fill").words(y).with(bits(value, y.type())).items(y.length());
    }

    /// A number as the word that holds it.
    private static int bits(double value, DType type) {
        return type == DType.I32 ? (int) value : Float.floatToRawIntBits((float) value);
    }
}
