package javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import javelin.kernels.Equivalence;
import javelin.kernels.Kernel;
import javelin.kernels.KernelCase;
import javelin.kernels.KernelCases;
import javelin.kernels.gpu.GpuBackend;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// The backend `cuda` computes what the reference backend computes, over the table of all cases.
class CudaEquivalenceTest {
    private static GpuBackend backend;

    @BeforeAll
    static void open() {
        backend = Cuda.backend();
    }

    @AfterAll
    static void close() {
        if (backend != null) {
            backend.close();
        }
    }

    /// Cases by family: one test for each kernel, as thousands of tests would take longer to report
    /// than to run.
    static Stream<String> kernels() {
        return KernelCases.ALL.stream().map(c -> kind(c.kernel())).distinct().sorted();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void agreesWithReference(String kind) {
        for (KernelCase c : KernelCases.ALL) {
            if (kind(c.kernel()).equals(kind)) {
                Equivalence.check(c, List.of(backend));
            }
        }
    }

    @Test
    void knowsEveryKernel() {
        for (KernelCase c : KernelCases.ALL) {
            assertThat(backend.supports(c.kernel(), c.output().type())).as(c.name()).isTrue();
        }
    }

    private static String kind(Kernel kernel) {
        return kernel instanceof Enum<?> e
                ? e.getDeclaringClass().getSimpleName()
                : kernel.getClass().getSimpleName();
    }
}
