package javelin.kernels.resize;

import static javelin.kernels.KernelCase.real;

import javelin.kernels.KernelCase;

import java.util.ArrayList;
import java.util.List;

/// Cases of resizing.
public final class ResizeCases {
    private static final int[][] SIZES = { // h, w, oh, ow, c
        {4, 5, 8, 10, 3},
        {9, 8, 3, 4, 1},
        {7, 5, 10, 3, 8},
        {6, 6, 6, 6, 2},
        {1, 1, 5, 4, 9},
        {20, 3, 2, 17, 4}
    };

    private static final Interpolation[] KINDS = {
        new Interpolation.Nearest(),
        new Interpolation.Bilinear(false),
        new Interpolation.Bilinear(true),
        new Interpolation.Bicubic(-0.75, false),
        new Interpolation.Bicubic(-0.5, true)
    };

    private ResizeCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int[] s : SIZES) {
            for (Interpolation f : KINDS) {
                for (int n : new int[] {0, 2}) {
                    String on =
                            "%d× [%d, %d] to [%d, %d] in %d channels, %s"
                                    .formatted(n, s[0], s[1], s[2], s[3], s[4], f);
                    // weights are rounded once, sums are of few terms below 2
                    cases.add(
                            KernelCase.of("resize " + on, new Resize2d(f))
                                    .on(real(n, s[0], s[1], s[4]))
                                    .to(real(n, s[2], s[3], s[4]))
                                    .absolute(2e-6));
                    cases.add(
                            KernelCase.of("resize input " + on, new Resize2dInput(f))
                                    .on(real(n, s[2], s[3], s[4]))
                                    .to(real(n, s[0], s[1], s[4]))
                                    .absolute(1e-5));
                }
            }
        }
        return cases;
    }
}
