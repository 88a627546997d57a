package javelin.algorithms.fourierspi.sensing;

import javelin.kernels.Backend;
import javelin.kernels.DType;
import javelin.kernels.HostBuffer;
import javelin.kernels.Kernel;
import javelin.kernels.Shape;
import javelin.kernels.View;
import javelin.kernels.matmul.Matmul;

import java.util.List;
import java.util.Map;

/// Kernels made ready on given arrays; running them allocates nothing of their size.
final class Products {
    private Products() {}

    /// `y [m, n] = A [m, k] · B [k, n]`; `b` is constant and may be packed.
    static Runnable right(Backend on, float[] a, float[] b, float[] y, int m, int k, int n) {
        return bind(on, new Matmul(false, false), view(a, m, k), view(b, k, n), 1, view(y, m, n));
    }

    /// `y [m, n] = A [m, k] · B [n, k]ᵀ`; `b` is constant and may be packed.
    static Runnable rightTransposed(
            Backend on, float[] a, float[] b, float[] y, int m, int k, int n) {
        return bind(on, new Matmul(false, true), view(a, m, k), view(b, n, k), 1, view(y, m, n));
    }

    /// `y [m, n] = A [m, k] · B [k, n]` for a constant `a`.
    static Runnable left(Backend on, float[] a, float[] b, float[] y, int m, int k, int n) {
        return bind(on, new Matmul(false, false), view(a, m, k), view(b, k, n), 0, view(y, m, n));
    }

    /// `y [t, m, n] = A [t, m, k] · B [t, k, n]` for constant matrices `b`.
    static Runnable batch(Backend on, float[] a, float[] b, float[] y, int t, int m, int k, int n) {
        Matmul f = new Matmul(false, false);
        return bind(on, f, view(a, t, m, k), view(b, t, k, n), 1, view(y, t, m, n));
    }

    /// A kernel of one input.
    static Runnable unary(Backend on, Kernel f, View x, View y) {
        checkBackend(on);
        return on.prepare(f, List.of(x.shape()), Map.of(), y.shape()).bind(List.of(x), y);
    }

    static View view(float[] x, int... dims) {
        return View.of(new HostBuffer.Floats(x), Shape.of(dims));
    }

    private static Runnable bind(Backend on, Kernel f, View a, View b, int constant, View y) {
        checkBackend(on);
        var constants = Map.of(constant, constant == 0 ? a : b);
        return on.prepare(f, List.of(a.shape(), b.shape()), constants, y.shape())
                .bind(List.of(a, b), y);
    }

    private static void checkBackend(Backend on) {
        if (on.floatType() != DType.F32 || !"cpu".equals(on.name())) {
            throw new IllegalArgumentException(
                    "compressed sensing: computes on the cpu backend, not on " + on.name());
        }
    }
}
