package javelin.tensor;

import javelin.kernels.DType;
import javelin.kernels.Shape;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/// Tensors as text: nested brackets, long axes shortened in the middle, then type, shape, backend.
///
/// ```text
/// [[1.0000, 2.0000],
///  [3.0000, 4.0000]]
/// F32 [2, 2] on cpu
/// ```
final class Printing {
    /// Elements up to which nothing is left out.
    private static final int ALL = 1000;

    /// Elements shown at each end of a shortened axis.
    private static final int EDGE = 3;

    private final Shape shape;
    private final IntFunction<String> element;
    private final boolean shortened;
    private final StringBuilder text = new StringBuilder();
    private int width;

    private Printing(Shape shape, IntFunction<String> element) {
        this.shape = shape;
        this.element = element;
        this.shortened = shape.size() > ALL;
    }

    static String print(Tensor x) {
        var printing = new Printing(x.shape(), elements(x));
        printing.visit(0, 0, i -> printing.width = Math.max(printing.width, printing.at(i)));
        printing.text.setLength(0);
        printing.visit(0, 0, _ -> {});
        return "%s%n%s %s on %s".formatted(printing.text, x.type(), x.shape(), x.backend().name());
    }

    private int at(int i) {
        return element.apply(i).length();
    }

    private static IntFunction<String> elements(Tensor x) {
        if (x.type() == DType.I32) {
            int[] values = x.ints();
            return i -> Integer.toString(values[i]);
        }
        double[] values = x.doubles();
        double largest =
                Arrays.stream(values).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        boolean scientific = largest >= 1e5 || (largest > 0 && largest < 1e-3);
        String format = scientific ? "%.4e" : "%.4f";
        return i -> number(values[i], format);
    }

    private static String number(double value, String format) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, format, value)
                : Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }

    private interface Visitor {
        void at(int position);
    }

    /// Writes the elements from `position` on along `axis` and those inside it.
    private void visit(int axis, int position, Visitor visitor) {
        if (axis == shape.rank()) {
            visitor.at(position);
            text.repeat(' ', Math.max(width - at(position), 0)).append(element.apply(position));
            return;
        }
        int size = shape.dim(axis);
        int step = shape.product(axis + 1, shape.rank());
        boolean skip = shortened && size > 2 * EDGE;
        text.append('[');
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                separate(axis);
            }
            if (skip && i == EDGE) {
                text.append('…');
                i = size - EDGE - 1;
            } else {
                visit(axis + 1, position + i * step, visitor);
            }
        }
        text.append(']');
    }

    private void separate(int axis) {
        int inside = shape.rank() - axis - 1;
        if (inside == 0) {
            text.append(", ");
        } else {
            text.append(',').repeat('\n', inside).repeat(' ', axis + 1);
        }
    }
}
