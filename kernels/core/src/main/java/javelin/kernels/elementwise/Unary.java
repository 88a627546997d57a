package javelin.kernels.elementwise;

import javelin.kernels.Kernel;

import java.util.function.DoubleUnaryOperator;

/// Functions of one number: `y[i] = f(x[i])`, any shape. The output may be the input.
///
/// NaN in gives NaN out; limits at ±∞ are those of the function.
public enum Unary implements Kernel {
    NEG("-x", x -> -x),
    ABS("fabs(x)", Math::abs),
    /// −1, 0 or 1; NaN for NaN.
    SIGN("(x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x)", Math::signum),
    SQUARE("x * x", x -> x * x),
    RECIPROCAL("1.0f / x", x -> 1 / x),
    SQRT("sqrt(x)", Math::sqrt),
    RSQRT("1.0f / sqrt(x)", x -> 1 / Math.sqrt(x)),
    EXP("exp(x)", Math::exp),
    /// `eˣ − 1`, exact near 0.
    EXPM1("expm1(x)", Math::expm1),
    LOG("log(x)", Math::log),
    /// `ln(1 + x)`, exact near 0.
    LOG1P("log1p(x)", Math::log1p),
    SIN("sin(x)", Math::sin),
    COS("cos(x)", Math::cos),
    TANH("tanh(x)", Math::tanh),
    /// Gauss error function.
    ERF("erf(x)", Erf::erf),
    /// Logistic function.
    SIGMOID("sigmoid(x)", x -> 1 / (1 + Math.exp(-x))),
    /// `ln(1 + eˣ)`, without overflow.
    SOFTPLUS(
            "(x > 0.0f ? x : 0.0f) + log1p(exp(-fabs(x)))",
            x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
    RELU("(x <= 0.0f ? 0.0f : x)", x -> Math.max(x, 0)),
    /// `x · sigmoid(x)`, also called swish.
    SILU(
            "(x == -INFINITY ? -0.0f : silu(x))",
            x -> x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-x))),
    /// `x · Φ(x)`, the exact form with the error function.
    GELU(
            "(x == -INFINITY ? -0.0f : 0.5f * x * (1.0f + erf(x * 0.70710678f)))",
            x ->
                    x == Double.NEGATIVE_INFINITY
                            ? -0.0
                            : 0.5 * x * (1 + Erf.erf(x * Math.sqrt(0.5)))),
    /// `min(max(x / 6 + 1/2, 0), 1)`.
    HARD_SIGMOID(
            "limit(x * 0.16666667f + 0.5f, 0.0f, 1.0f)",
            x -> Math.min(Math.max(x / 6 + 0.5, 0), 1)),
    /// `x · hard_sigmoid(x)`.
    HARD_SWISH(
            "(x == -INFINITY ? -0.0f : x * limit(x * 0.16666667f + 0.5f, 0.0f, 1.0f))",
            x -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * Math.min(Math.max(x / 6 + 0.5, 0), 1)),
    FLOOR("floor(x)", Math::floor),
    CEIL("ceil(x)", Math::ceil),
    /// To the nearest integer, ties to even.
    ROUND("rint(x)", Math::rint),
    /// 1 where `x` is NaN, else 0.
    IS_NAN("(x != x ? 1.0f : 0.0f)", x -> Double.isNaN(x) ? 1 : 0),
    /// 1 where `x` is neither NaN nor infinite, else 0.
    IS_FINITE("(x - x == 0.0f ? 1.0f : 0.0f)", x -> Double.isFinite(x) ? 1 : 0);

    private final String gpu;
    private final DoubleUnaryOperator exact;

    Unary(String gpu, DoubleUnaryOperator exact) {
        this.gpu = gpu;
        this.exact = exact;
    }

    /// The function as an expression of `x` in the common subset of CUDA C and OpenCL C.
    public String gpu() {
        return gpu;
    }

    /// The function in 64 bits, as the reference backend computes it.
    public double exact(double x) {
        return exact.applyAsDouble(x);
    }
}
