package javelin.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The case table covers the inventory.
class KernelCasesTest {
    @Test
    void everyKernelHasCases() {
        Set<Class<?>> covered =
                KernelCases.ALL.stream()
                        .map(c -> c.kernel())
                        .map(k -> k instanceof Enum<?> e ? e.getDeclaringClass() : k.getClass())
                        .collect(Collectors.toSet());
        assertThat(covered).containsAll(Arrays.asList(Kernel.class.getPermittedSubclasses()));
    }

    @Test
    void everyConstantHasCases() {
        Set<Kernel> covered =
                KernelCases.ALL.stream().map(KernelCase::kernel).collect(Collectors.toSet());
        List<Kernel> constants = new ArrayList<>();
        for (Class<?> kernel : Kernel.class.getPermittedSubclasses()) {
            if (kernel.isEnum()) {
                for (Object constant : kernel.getEnumConstants()) {
                    constants.add((Kernel) constant);
                }
            }
        }
        assertThat(covered).containsAll(constants);
    }
}
