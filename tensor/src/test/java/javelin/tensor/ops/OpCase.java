package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.check.GradCheck;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// One entry of [OpCases]: an op with arguments to try it on.
///
/// @param check the function, its arguments, and how its gradient is checked
/// @param orders orders of differentiation checked; 0 for an op without gradient
record OpCase(GradCheck check, int orders) {
    static OpCase op(String name, UnaryOperator<javelin.tensor.Tensor> f) {
        return new OpCase(GradCheck.of(name, x -> f.apply(x.get(0))), 2);
    }

    static OpCase op2(String name, BinaryOperator<javelin.tensor.Tensor> f) {
        return new OpCase(GradCheck.of(name, x -> f.apply(x.get(0), x.get(1))), 2);
    }

    static OpCase opN(String name, GradCheck.Function f) {
        return new OpCase(GradCheck.of(name, f), 2);
    }

    static Shape shape(int... dims) {
        return Shape.of(dims);
    }

    OpCase on(Shape... shapes) {
        return new OpCase(check.on(shapes), orders);
    }

    OpCase onIntegers(Shape shape, int low, int high) {
        return new OpCase(check.onIntegers(shape, low, high), orders);
    }

    OpCase in(double low, double high) {
        return new OpCase(check.in(low, high), orders);
    }

    OpCase in(int argument, double low, double high) {
        return new OpCase(check.in(argument, low, high), orders);
    }

    /// Linear in each argument: differences are exact.
    OpCase linear() {
        return new OpCase(check.linear(), orders);
    }

    OpCase noGradient() {
        return new OpCase(check, 0);
    }

    @Override
    public String toString() {
        return check.name();
    }
}
