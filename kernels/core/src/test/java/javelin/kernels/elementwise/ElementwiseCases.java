package javelin.kernels.elementwise;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Operand;
import javelin.kernels.KernelCase.Specials;
import javelin.kernels.KernelCase.Tolerance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cases of the elementwise functions: sizes around lane borders, every way of broadcasting.
public final class ElementwiseCases {
    private static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 100, 207};

    /// Shapes of `a` and `b` and of what both broadcast to.
    private static final int[][][] PAIRS = {
        {{3, 7, 5}, {3, 7, 5}, {3, 7, 5}},
        {{207}, {}, {207}},
        {{}, {207}, {207}},
        {{}, {}, {}},
        {{3, 7, 16}, {16}, {3, 7, 16}},
        {{19}, {5, 19}, {5, 19}},
        {{2, 3, 4, 5}, {2, 1, 1, 5}, {2, 3, 4, 5}},
        {{2, 1, 1, 17}, {2, 3, 4, 17}, {2, 3, 4, 17}},
        {{4, 9}, {4, 1}, {4, 9}},
        {{4, 1}, {4, 9}, {4, 9}},
        {{4, 1}, {1, 9}, {4, 9}},
        {{3, 1, 5, 1}, {2, 1, 6}, {3, 2, 5, 6}},
        {{0, 4}, {4}, {0, 4}},
        {{3, 0}, {3, 1}, {3, 0}},
    };

    private ElementwiseCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (Unary f : Unary.values()) {
            for (int n : SIZES) {
                cases.add(unary(f, "", n, -4, 4));
            }
            cases.add(unary(f, " small", 207, -1e-3, 1e-3));
            cases.add(unary(f, " wide", 999, -120, 120));
            cases.add(unary(f, " shared", 70_001, -3, 3));
        }
        for (Binary f : Binary.values()) {
            for (int[][] p : PAIRS) {
                cases.add(binary(f, real(p[0]), real(p[1]), real(p[2])));
            }
            cases.add(binary(f, real(33, 2203), real(33, 2203), real(33, 2203)));
            cases.add(binary(f, real(4507, 16), real(16), real(4507, 16)));
        }
        for (Ternary f : Ternary.values()) {
            for (int[][] p : PAIRS) {
                cases.add(ternary(f, real(p[0]), real(p[1]), real(p[1]), real(p[2])));
                cases.add(ternary(f, real(p[2]), real(p[0]), real(p[1]), real(p[2])));
            }
            Operand large = real(70_001);
            cases.add(ternary(f, large, large, large, large));
        }
        return cases;
    }

    private static KernelCase unary(Unary f, String what, int n, double low, double high) {
        return KernelCase.of(name(f) + what + " of " + n, f)
                .on(real(n).in(low, high))
                .to(real(n))
                .within(tolerance(f, Math.max(-low, high)))
                .with(n <= 999 ? Specials.ALL : Specials.NONE);
    }

    private static Tolerance tolerance(Unary f, double range) {
        return switch (f) {
            case NEG, ABS, SIGN, RELU, FLOOR, CEIL, ROUND, IS_NAN, IS_FINITE ->
                    new Tolerance(0, 0, 0);
            case SQUARE, RECIPROCAL, SQRT -> new Tolerance(0.5, 0, 0);
            case RSQRT -> new Tolerance(1.5, 0, 0);
            case EXP, EXPM1, LOG, LOG1P, TANH, ERF, SIGMOID, SOFTPLUS, SILU ->
                    new Tolerance(4, 0, 0);
            case SIN, COS -> new Tolerance(2, 0, 1e-7);
            case GELU -> new Tolerance(4, 0, 1.2e-7 * range); // 1 + erf cancels for negative x
            case HARD_SIGMOID -> new Tolerance(2, 0, 1e-7);
            case HARD_SWISH -> new Tolerance(3, 0, 1e-7 * range);
        };
    }

    private static KernelCase binary(Binary f, Operand a, Operand b, Operand y) {
        String name = "%s of %s and %s".formatted(name(f), a.shape(), b.shape());
        return KernelCase.of(name, f)
                .on(a, b)
                .to(y)
                .ulps(f == Binary.POW ? 2 : 0.5)
                .with(y.shape().size() < 1000 ? Specials.ALL : Specials.NONE);
    }

    private static KernelCase ternary(Ternary f, Operand a, Operand b, Operand c, Operand y) {
        String name = "%s of %s, %s, %s".formatted(name(f), a.shape(), b.shape(), c.shape());
        KernelCase made = KernelCase.of(name, f).on(a, b, c).to(y);
        return switch (f) {
            case WHERE, CLAMP -> made.with(Specials.ALL);
            case MULTIPLY_ADD -> made.terms(3).with(Specials.SMALL);
            case LERP -> made.absolute(1e-6).with(Specials.SMALL); // b − a is rounded
        };
    }

    private static String name(Enum<?> f) {
        return f.name().toLowerCase(Locale.ROOT);
    }
}
