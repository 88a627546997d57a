package javelin.kernels.reduce;

import static javelin.kernels.KernelCase.real;
import static javelin.kernels.KernelCase.whole;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Specials;
import javelin.kernels.KernelCase.Tolerance;
import javelin.kernels.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Cases of the reductions: innermost, outermost, middle and several axes.
public final class ReduceCases {
    private static final int[][] SHAPES_AND_AXES = { // the last number is the bit set of axes
        {1, 0b1},
        {7, 0b1},
        {8, 0b1},
        {33, 0b1},
        {207, 0b1},
        {100_003, 0b1},
        {5, 207, 0b10},
        {5, 207, 0b01},
        {207, 5, 0b01},
        {207, 5, 0b10},
        {5, 207, 0b11},
        {5, 207, 0b00},
        {3, 4, 17, 0b010},
        {3, 4, 17, 0b101},
        {3, 4, 17, 0b110},
        {2, 5, 6, 16, 0b0111},
        {2, 5, 6, 16, 0b0110},
        {2, 5, 6, 16, 0b1001},
        {2, 5, 6, 9, 0b1010},
        {2, 1, 6, 1, 0b1010},
        {4099, 33, 0b01},
        {2003, 70, 0b10},
        {0, 3, 0b01},
        {0, 3, 0b10},
        {3, 0, 0b10},
        {2, 0, 3, 0b010},
    };

    private ReduceCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int[] s : SHAPES_AND_AXES) {
            int[] dims = Arrays.copyOf(s, s.length - 1);
            int axes = s[s.length - 1];
            int terms = 1;
            int[] result = dims.clone();
            for (int axis = 0; axis < dims.length; axis++) {
                if ((axes >> axis & 1) != 0) {
                    terms *= dims[axis];
                    result[axis] = 1;
                }
            }
            for (Reduce.Kind kind : Reduce.Kind.values()) {
                String name =
                        "%s of %s over axes %s"
                                .formatted(
                                        kind.name().toLowerCase(Locale.ROOT),
                                        Shape.of(dims),
                                        Integer.toBinaryString(axes));
                cases.add(
                        KernelCase.of(name, new Reduce(kind, axes))
                                .on(real(dims))
                                .to(real(result))
                                .within(tolerance(kind, terms))
                                .with(terms < 10_000 ? Specials.SMALL : Specials.NONE));
            }
            if (Integer.bitCount(axes) == 1 && terms > 0) {
                int axis = Integer.numberOfTrailingZeros(axes);
                for (boolean largest : new boolean[] {true, false}) {
                    String name =
                            "arg%s of %s over axis %d"
                                    .formatted(largest ? "max" : "min", Shape.of(dims), axis);
                    cases.add(
                            KernelCase.of(name, new ArgReduce(largest, axis))
                                    .on(real(dims))
                                    .to(whole(0, 9, result))
                                    .with(Specials.ALL));
                }
            }
        }
        cases.add(
                KernelCase.of("variance around 1e4", new Reduce(Reduce.Kind.VARIANCE, 0b1))
                        .on(real(5000, 3).in(9998, 10_002))
                        .to(real(3))
                        .within(new Tolerance(0, 0, 1e-5)));
        return cases;
    }

    private static Tolerance tolerance(Reduce.Kind kind, int terms) {
        return switch (kind) {
            // partial sums: the error grows far slower than the number of terms
            case SUM, MEAN -> new Tolerance(1, Math.min(terms, 16 + terms / 16), 0);
            case MAX, MIN -> new Tolerance(0, 0, 0);
            case VARIANCE -> new Tolerance(16, 0, 1e-12);
        };
    }
}
