package javelin.kernels.elementwise;

/// The elementwise functions on single 32-bit numbers. Those without a correctly rounded 32-bit
/// operation are computed in 64 bits and rounded once.
final class PlainFunctions {
    private PlainFunctions() {}

    /// A function of one number.
    interface OfOne {
        /// `f(x)`.
        float at(float x);
    }

    /// A function of two numbers.
    interface OfTwo {
        /// `f(a, b)`.
        float at(float a, float b);
    }

    /// A function of three numbers.
    interface OfThree {
        /// `f(a, b, c)`.
        float at(float a, float b, float c);
    }

    static OfOne of(Unary f) {
        return switch (f) {
            case NEG -> x -> -x;
            case ABS -> Math::abs;
            case SIGN -> x -> x > 0 ? 1 : x < 0 ? -1 : x;
            case SQUARE -> x -> x * x;
            case RECIPROCAL -> x -> 1 / x;
            case SQRT -> x -> (float) Math.sqrt(x);
            case RSQRT -> x -> 1 / (float) Math.sqrt(x);
            case RELU -> x -> Math.max(x, 0);
            case HARD_SIGMOID -> PlainFunctions::hardSigmoid;
            case HARD_SWISH -> x -> x == Float.NEGATIVE_INFINITY ? -0f : x * hardSigmoid(x);
            case IS_NAN -> x -> Float.isNaN(x) ? 1 : 0;
            case IS_FINITE -> x -> Float.isFinite(x) ? 1 : 0;
            case FLOOR -> x -> (float) Math.floor(x);
            case CEIL -> x -> (float) Math.ceil(x);
            case ROUND -> x -> (float) Math.rint(x);
            case EXP -> x -> (float) Math.exp(x);
            case EXPM1 -> x -> (float) Math.expm1(x);
            case LOG -> x -> (float) Math.log(x);
            case LOG1P -> x -> (float) Math.log1p(x);
            case SIN -> x -> (float) Math.sin(x);
            case COS -> x -> (float) Math.cos(x);
            case TANH -> x -> (float) Math.tanh(x);
            case ERF, SIGMOID, SOFTPLUS, SILU, GELU -> x -> (float) f.exact(x);
        };
    }

    private static float hardSigmoid(float x) {
        return Math.min(Math.max(x * (1f / 6) + 0.5f, 0), 1);
    }

    static OfTwo of(Binary f) {
        return switch (f) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> a / b;
            case POW -> (a, b) -> (float) Math.pow(a, b);
            case MIN -> Math::min;
            case MAX -> Math::max;
            case PRELU -> (a, b) -> a > 0 ? a : a * b;
            case GATE -> (a, b) -> a > 0 ? b : 0;
            case EQ -> (a, b) -> a == b ? 1 : 0;
            case NE -> (a, b) -> a != b ? 1 : 0;
            case LT -> (a, b) -> a < b ? 1 : 0;
            case LE -> (a, b) -> a <= b ? 1 : 0;
            case GT -> (a, b) -> a > b ? 1 : 0;
            case GE -> (a, b) -> a >= b ? 1 : 0;
        };
    }

    static OfThree of(Ternary f) {
        return switch (f) {
            case WHERE -> (a, b, c) -> a != 0 ? b : c;
            case CLAMP -> (a, b, c) -> a < b ? b : a > c ? c : a;
            case MULTIPLY_ADD -> (a, b, c) -> a * b + c;
            case LERP -> (a, b, c) -> a + c * (b - a);
        };
    }
}
