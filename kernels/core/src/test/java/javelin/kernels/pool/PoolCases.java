package javelin.kernels.pool;

import static javelin.kernels.KernelCase.real;
import static javelin.kernels.KernelCase.whole;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Specials;

import java.util.ArrayList;
import java.util.List;

/// Cases of pooling.
public final class PoolCases {
    private static final int[][] IMAGES = { // n, h, w, c
        {2, 6, 8, 1},
        {1, 7, 5, 7},
        {3, 5, 6, 8},
        {1, 9, 7, 9},
        {2, 4, 4, 17},
        {1, 5, 4, 100},
        {0, 4, 4, 3}
    };

    private static final Windows[] WINDOWS = {
        Windows.Sliding.of(2, 2, 0),
        Windows.Sliding.of(3, 2, 1),
        Windows.Sliding.of(3, 1, 1),
        new Windows.Sliding(2, 3, 3, 1, 1, 0, 0, 1),
        new Windows.Adaptive(1, 1),
        new Windows.Adaptive(3, 2),
        new Windows.Adaptive(4, 9)
    };

    private PoolCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int[] x : IMAGES) {
            for (Windows f : WINDOWS) {
                int[] y = {x[0], f.outH(x[1]), f.outW(x[2]), x[3]};
                String on = " of %d×%d×%d×%d, %s".formatted(x[0], x[1], x[2], x[3], f);
                cases.add(
                        KernelCase.of("max" + on, new MaxPool2d(f))
                                .on(real(x))
                                .to(real(y))
                                .with(Specials.ALL));
                cases.add(
                        KernelCase.of("argmax" + on, new ArgMaxPool2d(f))
                                .on(real(x))
                                .to(whole(0, 0, y))
                                .with(Specials.ALL));
                for (boolean padding : new boolean[] {false, true}) {
                    String how = on + (padding ? ", padding counts" : "");
                    cases.add(
                            KernelCase.of("average" + how, new AveragePool2d(f, padding))
                                    .on(real(x))
                                    .to(real(y))
                                    .terms(x[1] * x[2] + 4)
                                    .with(Specials.SMALL));
                    cases.add(
                            KernelCase.of("average input" + how, new AveragePool2dInput(f, padding))
                                    .on(real(y))
                                    .to(real(x))
                                    .terms(y[1] * y[2] + 4)
                                    .with(Specials.SMALL));
                }
            }
        }
        return cases;
    }
}
