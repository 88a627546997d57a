package javelin.kernels.index;

import static javelin.kernels.KernelCase.real;
import static javelin.kernels.KernelCase.whole;

import javelin.kernels.KernelCase;
import javelin.kernels.KernelCase.Specials;

import java.util.List;

/// Cases of selection by index.
public final class IndexCases {
    private IndexCases() {}

    /// Every case.
    public static List<KernelCase> all() {
        return List.of(
                KernelCase.of("gather rows", new Gather(0))
                        .on(real(10, 7), whole(0, 9, 5))
                        .to(real(5, 7))
                        .with(Specials.ALL),
                KernelCase.of("gather columns", new Gather(1))
                        .on(real(6, 10), whole(0, 9, 13))
                        .to(real(6, 13)),
                KernelCase.of("gather by a table", new Gather(1))
                        .on(real(3, 5, 4), whole(0, 4, 2, 6))
                        .to(real(3, 2, 6, 4)),
                KernelCase.of("gather by a scalar", new Gather(0))
                        .on(real(5, 4), whole(0, 4))
                        .to(real(4)),
                KernelCase.of("gather integers", new Gather(0))
                        .on(whole(-50, 50, 9, 3), whole(0, 8, 20))
                        .to(whole(0, 0, 20, 3)),
                KernelCase.of("gather many", new Gather(0))
                        .on(real(1000, 65), whole(0, 999, 3001))
                        .to(real(3001, 65)),
                KernelCase.of("gather nothing", new Gather(0))
                        .on(real(3, 4), whole(0, 2, 0))
                        .to(real(0, 4)),
                KernelCase.of("scatter rows", new ScatterAdd(0))
                        .on(real(15, 7), whole(0, 9, 15))
                        .to(real(10, 7))
                        .terms(15)
                        .with(Specials.SMALL),
                KernelCase.of("scatter columns", new ScatterAdd(1))
                        .on(real(6, 13), whole(0, 9, 13))
                        .to(real(6, 10))
                        .terms(13),
                KernelCase.of("scatter by a table", new ScatterAdd(1))
                        .on(real(3, 2, 6, 4), whole(0, 4, 2, 6))
                        .to(real(3, 5, 4))
                        .terms(12),
                KernelCase.of("scatter many", new ScatterAdd(0))
                        .on(real(3001, 65), whole(0, 99, 3001))
                        .to(real(100, 65))
                        .terms(60),
                KernelCase.of("scatter nothing", new ScatterAdd(0))
                        .on(real(0, 4), whole(0, 2, 0))
                        .to(real(3, 4)),
                KernelCase.of("one hot", new OneHot()).on(whole(-2, 6, 3, 7)).to(real(3, 7, 5)),
                KernelCase.of("one hot many", new OneHot())
                        .on(whole(0, 99, 3001))
                        .to(real(3001, 100)),
                KernelCase.of("one hot of nothing", new OneHot())
                        .on(whole(0, 1, 0))
                        .to(real(0, 4)));
    }
}
