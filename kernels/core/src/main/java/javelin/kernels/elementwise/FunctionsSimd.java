package javelin.kernels.elementwise;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import javelin.kernels.cpu.MathSimd;
import javelin.kernels.cpu.SpeciesSimd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The elementwise functions on vectors. Left out are those that stay plain: rounding to integers,
/// which the JIT turns into vector code by itself, sine, cosine and power, which need a careful
/// reduction of large arguments.
final class FunctionsSimd {
    private static final FloatVector ZERO = FloatVector.zero(SpeciesSimd.FLOATS);
    private static final FloatVector ONE = FloatVector.broadcast(SpeciesSimd.FLOATS, 1);

    private FunctionsSimd() {}

    /// A function of one vector.
    interface OfOneSimd {
        /// `f(x)` in each lane.
        FloatVector at(FloatVector x);
    }

    /// A function of two vectors.
    interface OfTwoSimd {
        /// `f(a, b)` in each lane.
        FloatVector at(FloatVector a, FloatVector b);
    }

    /// A function of three vectors.
    interface OfThreeSimd {
        /// `f(a, b, c)` in each lane.
        FloatVector at(FloatVector a, FloatVector b, FloatVector c);
    }

    static boolean has(Unary f) {
        return switch (f) {
            case FLOOR, CEIL, ROUND, SIN, COS -> false;
            default -> true;
        };
    }

    static boolean has(Binary f) {
        return f != Binary.POW;
    }

    static OfOneSimd of(Unary f) {
        return switch (f) {
            case NEG -> FloatVector::neg;
            case ABS -> FloatVector::abs;
            case SIGN -> x -> x.blend(1, x.compare(GT, 0)).blend(-1, x.compare(LT, 0));
            case SQUARE -> x -> x.mul(x);
            case RECIPROCAL -> x -> ONE.div(x);
            case SQRT -> FloatVector::sqrt;
            case RSQRT -> x -> ONE.div(x.sqrt());
            case RELU -> x -> x.max(ZERO);
            case HARD_SIGMOID -> FunctionsSimd::hardSigmoid;
            case HARD_SWISH ->
                    x -> x.mul(hardSigmoid(x)).blend(-0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
            case IS_NAN -> x -> truth(x.compare(NE, x));
            case IS_FINITE -> x -> truth(x.sub(x).compare(EQ, 0));
            case EXP -> MathSimd::exp;
            case EXPM1 -> MathSimd::expm1;
            case LOG -> MathSimd::log;
            case LOG1P -> MathSimd::log1p;
            case TANH -> MathSimd::tanh;
            case ERF -> MathSimd::erf;
            case SIGMOID -> FunctionsSimd::sigmoid;
            case SOFTPLUS -> MathSimd::softplus;
            case SILU -> FunctionsSimd::silu;
            case GELU -> FunctionsSimd::gelu;
            case FLOOR, CEIL, ROUND, SIN, COS -> throw new AssertionError(f);
        };
    }

    private static FloatVector hardSigmoid(FloatVector x) {
        return x.mul(1f / 6).add(0.5f).max(ZERO).min(ONE);
    }

    /// `1 / (1 + e^−x)`, or `eˣ / (1 + eˣ)` for negative `x`: no overflow, and exact far out.
    private static FloatVector sigmoid(FloatVector x) {
        FloatVector e = MathSimd.exp(x.abs().neg());
        FloatVector d = e.add(1);
        return ONE.blend(e, x.compare(LT, 0)).div(d);
    }

    /// `x/2 · (1 + erf(x/√2))`; only `x` lives across the call.
    private static FloatVector gelu(FloatVector x) {
        FloatVector e = MathSimd.erf(x.mul(0.70710677f));
        return x.mul(0.5f).mul(e.add(1)).blend(-0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
    }

    /// `x · sigmoid(x)`; the exponential of a negative `x` is applied as two square roots of it, so
    /// that the product is not rounded as a subnormal number before its last step.
    private static FloatVector silu(FloatVector x) {
        FloatVector root = MathSimd.exp(x.abs().mul(-0.5f));
        FloatVector y = x.div(root.fma(root, ONE));
        return y.blend(y.mul(root).mul(root), x.compare(LT, 0))
                .blend(-0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
    }

    static OfTwoSimd of(Binary f) {
        return switch (f) {
            case ADD -> FloatVector::add;
            case SUB -> FloatVector::sub;
            case MUL -> FloatVector::mul;
            case DIV -> FloatVector::div;
            case MIN -> FloatVector::min;
            case MAX -> FloatVector::max;
            case PRELU -> (a, b) -> a.mul(b).blend(a, a.compare(GT, 0));
            case GATE -> (a, b) -> ZERO.blend(b, a.compare(GT, 0));
            case EQ -> (a, b) -> truth(a.compare(EQ, b));
            case NE -> (a, b) -> truth(a.compare(NE, b));
            case LT -> (a, b) -> truth(a.compare(LT, b));
            case LE -> (a, b) -> truth(a.compare(LE, b));
            case GT -> (a, b) -> truth(a.compare(GT, b));
            case GE -> (a, b) -> truth(a.compare(GE, b));
            case POW -> throw new AssertionError(f);
        };
    }

    private static FloatVector truth(VectorMask<Float> m) {
        return ZERO.blend(1, m);
    }

    static OfThreeSimd of(Ternary f) {
        return switch (f) {
            case WHERE -> (a, b, c) -> c.blend(b, a.compare(NE, 0));
            case CLAMP -> (a, b, c) -> a.blend(c, a.compare(GT, c)).blend(b, a.compare(LT, b));
            case MULTIPLY_ADD -> (a, b, c) -> a.mul(b).add(c);
            case LERP -> (a, b, c) -> b.sub(a).mul(c).add(a);
        };
    }
}
