package javelin.kernels.elementwise;

import javelin.kernels.Kernel;

import java.util.function.DoubleBinaryOperator;

/// Functions of two numbers with broadcasting: `y[i] = f(a[i], b[i])`.
///
/// Both inputs broadcast to the shape of the output. The output may be an input of the same shape.
/// Comparisons give 1 for true and 0 for false, and are false for NaN (except `NE`).
public enum Binary implements Kernel {
    ADD("a + b", (a, b) -> a + b),
    SUB("a - b", (a, b) -> a - b),
    MUL("a * b", (a, b) -> a * b),
    DIV("a / b", (a, b) -> a / b),
    /// `aᵇ` as in [Math#pow].
    POW("pow(a, b)", Math::pow),
    /// The smaller one; NaN if either is.
    MIN("(a != a || a < b ? a : b)", Math::min),
    /// The larger one; NaN if either is.
    MAX("(a != a || a > b ? a : b)", Math::max),
    /// `a` where it is positive, else `a · b`: leaky ReLU and PReLU with slope `b`.
    PRELU("(a > 0.0f ? a : a * b)", (a, b) -> a > 0 ? a : a * b),
    /// `b` where `a` is positive, else 0 (also where `b` is NaN): the gradient of ReLU.
    GATE("(a > 0.0f ? b : 0.0f)", (a, b) -> a > 0 ? b : 0),
    EQ("(a == b ? 1.0f : 0.0f)", (a, b) -> a == b ? 1 : 0),
    NE("(a != b ? 1.0f : 0.0f)", (a, b) -> a != b ? 1 : 0),
    LT("(a < b ? 1.0f : 0.0f)", (a, b) -> a < b ? 1 : 0),
    LE("(a <= b ? 1.0f : 0.0f)", (a, b) -> a <= b ? 1 : 0),
    GT("(a > b ? 1.0f : 0.0f)", (a, b) -> a > b ? 1 : 0),
    GE("(a >= b ? 1.0f : 0.0f)", (a, b) -> a >= b ? 1 : 0);

    private final String gpu;
    private final DoubleBinaryOperator exact;

    Binary(String gpu, DoubleBinaryOperator exact) {
        this.gpu = gpu;
        this.exact = exact;
    }

    /// The function as an expression of `a` and `b` in the common subset of CUDA C and OpenCL C.
    public String gpu() {
        return gpu;
    }

    /// The function in 64 bits, as the reference backend computes it.
    public double exact(double a, double b) {
        return exact.applyAsDouble(a, b);
    }
}
