package javelin.kernels.elementwise;

import javelin.kernels.Kernel;

/// Functions of three numbers with broadcasting: `y[i] = f(a[i], b[i], c[i])`.
///
/// All inputs broadcast to the shape of the output. The output may be an input of the same shape.
public enum Ternary implements Kernel {
    /// `b` where `a` is not 0, else `c`.
    WHERE("(a != 0.0f ? b : c)", (a, b, c) -> a != 0 ? b : c),
    /// `a` limited to `b … c`; NaN stays NaN.
    CLAMP("limit(a, b, c)", (a, b, c) -> a < b ? b : a > c ? c : a),
    /// `a · b + c`.
    MULTIPLY_ADD("a * b + c", (a, b, c) -> a * b + c),
    /// `a + c · (b − a)`: from `a` at `c = 0` to `b` at `c = 1`.
    LERP("a + c * (b - a)", (a, b, c) -> a + c * (b - a));

    private final String gpu;
    private final Function exact;

    Ternary(String gpu, Function exact) {
        this.gpu = gpu;
        this.exact = exact;
    }

    /// The function as an expression of `a`, `b` and `c` in the common subset of CUDA C and OpenCL
    /// C.
    public String gpu() {
        return gpu;
    }

    /// The function in 64 bits, as the reference backend computes it.
    public double exact(double a, double b, double c) {
        return exact.apply(a, b, c);
    }

    @FunctionalInterface
    private interface Function {
        double apply(double a, double b, double c);
    }
}
