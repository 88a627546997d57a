package javelin.kernels.fft;

import javelin.kernels.DType;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.gpu.GpuBackend;
import javelin.kernels.gpu.Scratch;
import javelin.kernels.gpu.Source;

import java.util.List;
import java.util.stream.IntStream;

/// Fourier transforms on a device: one pass over all numbers for each factor of the length.
public final class FftGpu {
    private static final Source SOURCE = Source.of("fft/fft.k");

    private FftGpu() {}

    /// Complex numbers `[outer, n, inner, 2]` to be transformed along `n`.
    private record Axis(int outer, int n, int inner) {
        static Axis of(Shape numbers, int axis, int n) {
            return new Axis(numbers.product(0, axis), n, numbers.product(axis + 1, numbers.rank()));
        }

        Shape shape() {
            return Shape.of(outer, n, inner, 2);
        }
    }

    /// `y[k] = scale · Σ_j x[j] · e^(∓2πi·jk/n)`, one axis after the other.
    public static void run(Fft f, List<View> in, View y, GpuBackend on) {
        Shape numbers = y.shape().range(0, y.shape().rank() - 1);
        List<Axis> axes =
                IntStream.range(0, numbers.rank())
                        .filter(axis -> (f.axes() >> axis & 1) == 1)
                        .mapToObj(axis -> Axis.of(numbers, axis, numbers.dim(axis)))
                        .toList();
        transform(axes, f.inverse(), f.scale(), in.getFirst(), y, on);
    }

    /// `y[k] = scale · c[k] · Σ_j x[j] · e^(−2πi·jk/n)`: the first half of the transform of `x` as
    /// complex numbers.
    public static void run(Rfft f, List<View> in, View y, GpuBackend on) {
        View x = in.getFirst();
        Axis axis = Axis.of(x.shape(), f.axis(), x.shape().dim(f.axis()));
        try (Scratch a = on.scratch(DType.F32, axis.shape());
                Scratch b = on.scratch(DType.F32, axis.shape())) {
            on.kernel(SOURCE, "widen").floats(x).floats(a.view()).items(x.length());
            transform(List.of(axis), false, f.scale(), a.view(), b.view(), on);
            on.kernel(SOURCE, "first_half")
                    .floats(b.view())
                    .floats(y)
                    .with(axis.n(), axis.inner())
                    .with(f.inner())
                    .items(y.length() / 2);
        }
    }

    /// `x[j] = scale · Σ_k c[k] · Re(y[k] · e^(2πi·jk/n))`: the real part of the transform of the
    /// weighted half and zeros.
    public static void run(Irfft f, List<View> in, View x, GpuBackend on) {
        Axis axis = Axis.of(x.shape(), f.axis(), x.shape().dim(f.axis()));
        try (Scratch a = on.scratch(DType.F32, axis.shape());
                Scratch b = on.scratch(DType.F32, axis.shape())) {
            on.kernel(SOURCE, "from_half")
                    .floats(in.getFirst())
                    .floats(a.view())
                    .with(axis.n(), axis.inner())
                    .with(f.inner())
                    .items(x.length());
            transform(List.of(axis), true, f.scale(), a.view(), b.view(), on);
            on.kernel(SOURCE, "narrow").floats(b.view()).floats(x).items(x.length());
        }
    }

    /// One pass of a transform.
    ///
    /// @param done product of the factors of the passes before
    private record Pass(Axis axis, int done, int factor) {}

    private static void transform(
            List<Axis> axes, boolean inverse, double scale, View x, View y, GpuBackend on) {
        List<Pass> passes = axes.stream().flatMap(a -> passes(a).stream()).toList();
        try (Scratch other = on.scratch(DType.F32, y.shape())) {
            View from = x;
            for (int i = 0; i < passes.size(); i++) {
                Pass pass = passes.get(i);
                Axis axis = pass.axis();
                boolean toOutput = (passes.size() - i) % 2 == 1; // the last one does
                View to = toOutput ? y : other.view();
                on.kernel(SOURCE, "pass")
                        .floats(from)
                        .floats(to)
                        .ints(roots(axis.n(), on))
                        .with(axis.n(), axis.inner(), pass.done(), pass.factor())
                        .with(inverse ? 1 : -1)
                        .with(i == passes.size() - 1 ? scale : 1)
                        .items(axis.outer() * axis.n() * axis.inner());
                from = to;
            }
        }
    }

    private static List<Pass> passes(Axis axis) {
        int[] factors = axis.n() == 1 ? new int[] {1} : Factors.of(axis.n());
        int[] done = new int[factors.length + 1];
        done[0] = 1;
        for (int i = 0; i < factors.length; i++) {
            done[i + 1] = done[i] * factors[i];
        }
        return IntStream.range(0, factors.length)
                .mapToObj(i -> new Pass(axis, done[i], factors[i]))
                .toList();
    }

    /// `cos(2πk/n)`, `sin(2πk/n)` for `k = 0 … n−1`, as bits.
    private static View roots(int n, GpuBackend on) {
        return on.table(
                List.of("roots", n),
                () ->
                        IntStream.range(0, 2 * n)
                                .map(i ->
                                        Float.floatToIntBits(
                                                (float)
                                                        (i % 2 == 0
                                                                ? Roots.cos(i / 2, n)
                                                                : Roots.sin(i / 2, n))))
                                .toArray());
    }
}
