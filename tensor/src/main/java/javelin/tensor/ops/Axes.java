package javelin.tensor.ops;

import javelin.kernels.Shape;
import javelin.tensor.ShapeException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Axis numbers as users write them, and as ops keep them: counted from the front, ascending.
final class Axes {
    private Axes() {}

    /// One axis, counted from the front.
    ///
    /// @throws ShapeException if `x` has no such axis
    static int resolve(String op, Shape x, int axis) {
        if (axis < -x.rank() || axis >= x.rank()) {
            throw new ShapeException(
                    op,
                    "no axis %d in %s, which has %d axes".formatted(axis, x, x.rank()),
                    List.of(x));
        }
        return x.axis(axis);
    }

    /// Several axes, counted from the front, in ascending order; all of them if none is given.
    ///
    /// @throws ShapeException if `x` has no such axis or one is named twice
    static List<Integer> resolve(String op, Shape x, int... axes) {
        if (axes.length == 0) {
            return IntStream.range(0, x.rank()).boxed().toList();
        }
        int[] found = Arrays.stream(axes).map(a -> resolve(op, x, a)).sorted().distinct().toArray();
        if (found.length != axes.length) {
            throw new ShapeException(
                    op,
                    "an axis is named twice in %s (input %s)".formatted(Arrays.toString(axes), x),
                    List.of(x));
        }
        return Arrays.stream(found).boxed().toList();
    }

    /// The axes as a set of bits, as kernels take them.
    static int bits(List<Integer> axes) {
        return axes.stream().mapToInt(a -> 1 << a).reduce(0, (a, b) -> a | b);
    }

    /// Number of elements of `x` along the axes.
    static double count(Shape x, List<Integer> axes) {
        return axes.stream().mapToDouble(x::dim).reduce(1, (a, b) -> a * b);
    }

    /// List of sizes, for records.
    static List<Integer> list(int... values) {
        return Arrays.stream(values).boxed().toList();
    }

    /// Array of sizes, for loops.
    static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
