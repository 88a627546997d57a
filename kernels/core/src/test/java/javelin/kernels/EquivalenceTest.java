package javelin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every variant of the `cpu` backend computes what the reference backend computes.
@Execution(ExecutionMode.CONCURRENT)
class EquivalenceTest {
    private static final List<CpuBackend> PLAIN =
            List.of(new CpuBackend(1, false), new CpuBackend(2, false));
    private static final List<CpuBackend> SIMD =
            Simd.isAvailable()
                    ? List.of(
                            new CpuBackend(1, true),
                            new CpuBackend(2, true),
                            new CpuBackend(3, true))
                    : List.of();

    static Stream<KernelCase> cases() {
        return KernelCases.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithReference(KernelCase c) {
        List<CpuBackend> all = new ArrayList<>(PLAIN);
        all.addAll(SIMD);
        Equivalence.check(c, all);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sameBitsForAnyNumberOfThreads(KernelCase c) {
        for (List<CpuBackend> group : List.of(PLAIN, SIMD)) {
            for (int trial = 0; trial < Equivalence.trials(c) && !group.isEmpty(); trial++) {
                List<int[]> one = Equivalence.bits(c, group.getFirst(), trial);
                for (CpuBackend more : group.subList(1, group.size())) {
                    List<int[]> bits = Equivalence.bits(c, more, trial);
                    for (int k = 0; k < one.size(); k++) {
                        assertArrayEquals(one.get(k), bits.get(k), more.threads() + " threads");
                    }
                }
            }
        }
    }
}
