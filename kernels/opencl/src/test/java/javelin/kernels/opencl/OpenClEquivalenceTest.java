package javelin.kernels.opencl;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The backend `opencl` computes what the reference backend computes, over the table of all cases.
class OpenClEquivalenceTest {
    /// Kinds that have no portable source yet. This list may only become shorter.
    private static final Set<String> UNSUPPORTED =
            Set.of("Matmul", "Conv2d", "Conv2dInput", "Conv2dWeight", "Fft", "Rfft", "Irfft");

    private static GpuBackend backend;

    @BeforeAll
    static void open() {
        backend = OpenCl.backend();
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
            if (kind(c.kernel()).equals(kind) && backend.supports(c.kernel(), c.output().type())) {
                Equivalence.check(c, List.of(backend));
            }
        }
    }

    @Test
    void lacksOnlyTheKernelsOfTheList() {
        Set<String> missing =
                KernelCases.ALL.stream()
                        .filter(c -> !backend.supports(c.kernel(), c.output().type()))
                        .map(c -> kind(c.kernel()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).containsExactlyInAnyOrderElementsOf(UNSUPPORTED);
    }

    private static String kind(Kernel kernel) {
        return kernel instanceof Enum<?> e
                ? e.getDeclaringClass().getSimpleName()
                : kernel.getClass().getSimpleName();
    }
}
