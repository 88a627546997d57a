package javelin.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// A bound kernel reads its inputs at each run: it keeps nothing of the values it saw before.
@Execution(ExecutionMode.CONCURRENT)
class BoundKernelTest {
    private static final List<CpuBackend> BACKENDS =
            Simd.isAvailable()
                    ? List.of(new CpuBackend(1, false), new CpuBackend(2, true))
                    : List.of(new CpuBackend(1, false));

    static Stream<KernelCase> cases() {
        return KernelCases.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesWhatRunComputes(KernelCase c) {
        for (CpuBackend backend : BACKENDS) {
            for (int trial = 0; trial < Equivalence.trials(c); trial++) {
                List<int[]> expected = Equivalence.bits(c, backend, trial);
                List<int[]> bound = Equivalence.boundBits(c, backend, trial);
                for (int k = 0; k < expected.size(); k++) {
                    assertArrayEquals(expected.get(k), bound.get(k), "operand " + k);
                }
            }
        }
    }
}
