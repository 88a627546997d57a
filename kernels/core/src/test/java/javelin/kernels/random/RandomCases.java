package javelin.kernels.random;

import static javelin.kernels.KernelCase.real;
import static javelin.kernels.KernelCase.whole;

import javelin.kernels.KernelCase;

import java.util.ArrayList;
import java.util.List;

/// Cases of random numbers: every backend gives the same bits.
public final class RandomCases {
    private static final long KEY = 0x0123_4567_89AB_CDEFL;

    private RandomCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        List<KernelCase> cases = new ArrayList<>();
        for (int n : new int[] {0, 1, 3, 4, 5, 207, 4096, 4097, 20_001}) {
            for (RandomFill.Law law : RandomFill.Law.values()) {
                cases.add(
                        KernelCase.of(
                                        "random %s of %d".formatted(law, n),
                                        new RandomFill(law, KEY, 0xFFFF_FFFEL, 0.3, 1.7))
                                .to(real(n)));
            }
            cases.add(
                    KernelCase.of("permutation of " + n, new Permutation(KEY, 5))
                            .to(whole(0, 0, n)));
        }
        return cases;
    }
}
