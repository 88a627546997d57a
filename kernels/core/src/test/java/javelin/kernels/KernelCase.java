package javelin.kernels;

import java.util.List;

/// One call of a kernel that every backend is tested with.
///
/// @param output where the result goes; filled with random values first, as optimiser steps read it
/// @param specials which extraordinary numbers the inputs may also hold
public record KernelCase(
        String name,
        Kernel kernel,
        List<Operand> inputs,
        Operand output,
        Tolerance tolerance,
        Specials specials) {

    /// A view that a case needs: real numbers or integers from a range.
    ///
    /// @param type F32 for the real type of the backend in question, or I32
    /// @param high largest value, inclusive for integers
    public record Operand(Shape shape, DType type, double low, double high) {
        /// The same with another range of values.
        public Operand in(double newLow, double newHigh) {
            return new Operand(shape, type, newLow, newHigh);
        }
    }

    /// Allowed difference from the reference result `e`: `ulps · ulp(e) + terms · 2⁻²⁴ · (the
    /// kernel on the absolute values) + absolute`.
    public record Tolerance(double ulps, double terms, double absolute) {}

    /// Extraordinary numbers.
    public enum Specials {
        /// None.
        NONE,
        /// NaN, ±∞, ±0 and subnormal numbers.
        SMALL,
        /// Those, and the largest finite ones.
        ALL
    }

    /// A case without operands, to be completed; exact unless told otherwise.
    public static KernelCase of(String name, Kernel kernel) {
        return new KernelCase(
                name, kernel, List.of(), real(), new Tolerance(0, 0, 0), Specials.NONE);
    }

    /// Real numbers in −2 … 2.
    public static Operand real(int... dims) {
        return new Operand(Shape.of(dims), DType.F32, -2, 2);
    }

    /// Integers in `low … high`.
    public static Operand whole(int low, int high, int... dims) {
        return new Operand(Shape.of(dims), DType.I32, low, high);
    }

    /// With these inputs.
    public KernelCase on(Operand... operands) {
        return new KernelCase(name, kernel, List.of(operands), output, tolerance, specials);
    }

    /// With this output.
    public KernelCase to(Operand operand) {
        return new KernelCase(name, kernel, inputs, operand, tolerance, specials);
    }

    /// May differ by that many units in the last place.
    public KernelCase ulps(double n) {
        return within(new Tolerance(n, 0, 0));
    }

    /// Each result sums that many terms.
    public KernelCase terms(int n) {
        return within(new Tolerance(1, n, 0));
    }

    /// May differ by that much.
    public KernelCase absolute(double d) {
        return within(new Tolerance(1, 0, d));
    }

    /// May differ by that much.
    public KernelCase within(Tolerance t) {
        return new KernelCase(name, kernel, inputs, output, t, specials);
    }

    /// Is also run on extraordinary numbers.
    public KernelCase with(Specials s) {
        return new KernelCase(name, kernel, inputs, output, tolerance, s);
    }

    @Override
    public String toString() {
        return name;
    }
}
