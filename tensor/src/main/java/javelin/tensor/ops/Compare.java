package javelin.tensor.ops;

import javelin.kernels.DType;
import javelin.kernels.Kernel;
import javelin.kernels.elementwise.Binary;
import javelin.tensor.Tensor;

import java.util.List;
import java.util.Locale;

/// Comparison, element by element: 1 where it is true, else 0; false for NaN, except `notEqual`.
/// Shapes broadcast. No gradient flows through it.
///
/// The factories convert integers to real numbers first (exact up to 2²⁴ in 32 bits), so that class
/// numbers and labels can be compared.
///
/// @param relation what is asked
public record Compare(Relation relation) implements Elementwise, NoGradient {
    /// What is asked about a pair of numbers.
    public enum Relation {
        /// `a = b`.
        EQUAL(Binary.EQ),
        /// `a ≠ b`.
        NOT_EQUAL(Binary.NE),
        /// `a < b`.
        LESS(Binary.LT),
        /// `a ≤ b`.
        LESS_EQUAL(Binary.LE),
        /// `a > b`.
        GREATER(Binary.GT),
        /// `a ≥ b`.
        GREATER_EQUAL(Binary.GE);

        private final Binary kernel;

        Relation(Binary kernel) {
            this.kernel = kernel;
        }
    }

    /// 1 where `a = b`.
    public static Tensor equal(Tensor a, Tensor b) {
        return compare(Relation.EQUAL, a, b);
    }

    /// 1 where `a ≠ b`, also where either is NaN.
    public static Tensor notEqual(Tensor a, Tensor b) {
        return compare(Relation.NOT_EQUAL, a, b);
    }

    /// 1 where `a < b`.
    public static Tensor less(Tensor a, Tensor b) {
        return compare(Relation.LESS, a, b);
    }

    /// 1 where `a ≤ b`.
    public static Tensor lessEqual(Tensor a, Tensor b) {
        return compare(Relation.LESS_EQUAL, a, b);
    }

    /// 1 where `a > b`.
    public static Tensor greater(Tensor a, Tensor b) {
        return compare(Relation.GREATER, a, b);
    }

    /// 1 where `a ≥ b`.
    public static Tensor greaterEqual(Tensor a, Tensor b) {
        return compare(Relation.GREATER_EQUAL, a, b);
    }

    private static Tensor compare(Relation relation, Tensor a, Tensor b) {
        return Tensor.apply(new Compare(relation), List.of(real(a), real(b)));
    }

    private static Tensor real(Tensor x) {
        return x.type() == DType.I32 ? Cast.cast(x, x.backend().floatType()) : x;
    }

    @Override
    public Kernel kernel() {
        return relation.kernel;
    }

    @Override
    public String name() {
        return relation.name().toLowerCase(Locale.ROOT).replace("_e", "E");
    }
}
