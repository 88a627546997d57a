package javelin.kernels.norm;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Tolerance;
import javelin.kernels.Shape;

import java.util.ArrayList;
import java.util.List;

/// Cases of batch normalisation.
public final class NormCases {
    private static final int[][] SHAPES = {
        {1, 1},
        {5, 3},
        {4, 3, 3, 7},
        {2, 4, 4, 8},
        {33, 9},
        {2, 5, 5, 16},
        {9, 17},
        {3, 64},
        {70, 100},
        {207, 207},
        {8, 32, 32, 16},
        {16, 9, 9, 33},
        {0, 5},
        {3, 0}
    };

    private NormCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int[] s : SHAPES) {
            int c = s[s.length - 1];
            int n = c == 0 ? 0 : Shape.of(s).length() / c;
            String on = " of " + Shape.of(s);
            cases.add(
                    KernelCase.of("moments" + on, new Moments())
                            .on(real(s))
                            .to(real(2, c))
                            .within(new Tolerance(16, 0, 1e-6)));
            cases.add(
                    KernelCase.of("batch norm" + on, new BatchNorm(1e-5))
                            .on(real(s), real(2, c).in(0.1, 2), real(c), real(c))
                            .to(real(s))
                            .within(new Tolerance(4, 0, 1e-5)));
            // terms up to 12 in size; partial sums
            double error = 12 * 0x1p-24 * (16 + Math.sqrt(n) * 8);
            cases.add(
                    KernelCase.of("batch norm sums" + on, new BatchNormSums(1e-5))
                            .on(real(s), real(s), real(2, c).in(0.1, 2))
                            .to(real(2, c))
                            .within(new Tolerance(4, 0, error)));
            cases.add(
                    KernelCase.of("batch norm to input" + on, new BatchNormInput(1e-5))
                            .on(real(s), real(s), real(2, c).in(0.1, 2), real(2, c), real(c))
                            .to(real(s))
                            .within(new Tolerance(4, 0, 4e-5)));
        }
        cases.add(
                KernelCase.of("moments around 1e4", new Moments())
                        .on(real(5000, 3).in(9998, 10_002))
                        .to(real(2, 3))
                        .within(new Tolerance(1, 0, 1e-5)));
        return cases;
    }
}
