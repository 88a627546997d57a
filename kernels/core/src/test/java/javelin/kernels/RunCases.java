package javelin.kernels;

import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;

import java.util.List;

/// Runs the case table in a JVM of its own: `RunCases check` compares all cases with the reference,
/// `RunCases exercise N` runs each case `N` times, for the JIT to see. Exit status 1 on a failure.
public final class RunCases {
    private RunCases() {}

    /// See the class.
    public static void main(String[] args) {
        CpuBackend backend = new CpuBackend(2, Simd.isAvailable());
        int failures = 0;
        for (KernelCase c : KernelCases.ALL) {
            try {
                if (args[0].equals("check")) {
                    Equivalence.check(c, List.of(backend));
                } else {
                    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                        Equivalence.bits(c, backend, 0);
                    }
                }
            } catch (AssertionError | RuntimeException e) {
                failures++;
                System.out.println("FAILED " + c + ": " + e);
            }
        }
        System.out.printf(
                "%d cases, %d failures, simd %s%n",
                KernelCases.ALL.size(), failures, backend.simd() ? "on" : "off");
        System.exit(failures == 0 ? 0 : 1);
    }
}
