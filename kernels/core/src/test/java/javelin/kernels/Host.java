package javelin.kernels;

import java.util.List;

/// Views on given numbers for tests of the reference backend.
public final class Host {
    private Host() {}

    /// View of real numbers.
    public static View real(Shape shape, double... values) {
        return View.of(Backends.reference().upload(values), shape);
    }

    /// One axis of real numbers.
    public static View real(double... values) {
        return real(Shape.of(values.length), values);
    }

    /// One axis of integers.
    public static View whole(int... values) {
        return View.of(Backends.reference().upload(values), Shape.of(values.length));
    }

    /// Result of a kernel on the reference backend.
    public static double[] run(Kernel kernel, Shape shape, View... inputs) {
        Backend on = Backends.reference();
        View y = View.of(on.allocate(DType.F64, shape.size()), shape);
        on.run(kernel, List.of(inputs), y);
        return on.downloadDoubles(y);
    }

    /// Integer result of a kernel on the reference backend.
    public static int[] runInts(Kernel kernel, Shape shape, View... inputs) {
        Backend on = Backends.reference();
        View y = View.of(on.allocate(DType.I32, shape.size()), shape);
        on.run(kernel, List.of(inputs), y);
        return on.downloadInts(y);
    }
}
