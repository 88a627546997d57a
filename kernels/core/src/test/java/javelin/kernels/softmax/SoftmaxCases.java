package javelin.kernels.softmax;

import static javelin.kernels.KernelCase.real;
import static javelin.kernels.KernelCase.whole;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Specials;
import javelin.kernels.KernelCase.Tolerance;

import java.util.ArrayList;
import java.util.List;

/// Cases of softmax and its cross entropy.
public final class SoftmaxCases {
    private static final int[][] SHAPES = {
        {1, 1},
        {3, 2},
        {5, 7},
        {4, 8},
        {4, 9},
        {128, 10},
        {3, 33},
        {7, 207},
        {2, 1000},
        {901, 100},
        {0, 4}
    };

    private SoftmaxCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int[] s : SHAPES) {
            int b = s[0];
            int k = s[1];
            Specials specials = b * k < 10_000 ? Specials.SMALL : Specials.NONE;
            String on = " of [%d, %d]".formatted(b, k);
            for (double range : new double[] {4, 60, 1e4}) {
                String wide = on + " up to " + range;
                // an error of the exponent is a relative one of the result
                double ulps = 16 + range;
                cases.add(
                        KernelCase.of("softmax" + wide, new Softmax(false))
                                .on(real(b, k).in(-range, range))
                                .to(real(b, k))
                                .within(new Tolerance(ulps, 0, 1e-12))
                                .with(specials));
                cases.add(
                        KernelCase.of("log softmax" + wide, new Softmax(true))
                                .on(real(b, k).in(-range, range))
                                .to(real(b, k))
                                .within(new Tolerance(4, 0, 1e-6))
                                .with(specials));
            }
            for (double smoothing : new double[] {0, 0.1}) {
                String smooth = on + (smoothing == 0 ? "" : " smoothed");
                cases.add(
                        KernelCase.of("cross entropy" + smooth, new SoftmaxCrossEntropy(smoothing))
                                .on(real(b, k).in(-9, 9), whole(-1, k - 1, b))
                                .to(real(b))
                                .within(new Tolerance(16, 0, 4e-6))
                                .with(specials));
                cases.add(
                        KernelCase.of(
                                        "cross entropy to input" + smooth,
                                        new SoftmaxCrossEntropyInput(smoothing))
                                .on(real(b, k).in(-9, 9), whole(-1, k - 1, b), real(b))
                                .to(real(b, k))
                                .within(new Tolerance(16, 0, 1e-6)));
            }
        }
        cases.add(
                KernelCase.of("softmax of [2, 3, 4]", new Softmax(false))
                        .on(real(2, 3, 4))
                        .to(real(2, 3, 4))
                        .ulps(16));
        return cases;
    }
}
