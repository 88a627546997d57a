package javelin.kernels;

import com.sun.management.ThreadMXBean;

import javelin.kernels.conv.Conv2d;
import javelin.kernels.conv.Conv2dInput;
import javelin.kernels.conv.Conv2dWeight;
import javelin.kernels.cpu.CpuBackend;
import javelin.kernels.cpu.Simd;
import javelin.kernels.matmul.Matmul;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;

/// Counts, in a JVM of its own, what bound kernels allocate when they run. Exit status 1 if that is
/// more than nothing. The interpreter makes objects of vectors; so a kernel is run until it is
/// compiled, for a limited time: on a busy machine the compiler was seen to take half a minute.
public final class BoundAllocation {
    private static final int RUNS = 50;
    private static final long LIMIT_NANOS = 40_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private BoundAllocation() {}

    /// See the class.
    ///
    /// @param args names of the cases to run; all if there are none
    public static void main(String[] args) {
        var wanted = Set.of(args);
        int failures = 0;
        int cases = 0;
        for (boolean simd : Simd.isAvailable() ? List.of(false, true) : List.of(false)) {
            var backend = new CpuBackend(1, simd);
            for (KernelCase c : KernelCases.ALL) {
                if (isDone(c.kernel()) && (args.length == 0 || wanted.contains(c.toString()))) {
                    cases++;
                    long bytes = settled(Equivalence.bind(c, backend));
                    if (bytes > 0) {
                        failures++;
                        System.out.printf(
                                "FAILED %s: %d bytes in %d runs, simd %b%n", c, bytes, RUNS, simd);
                    }
                }
            }
        }
        System.out.printf("%d cases, %d failures%n", cases, failures);
        System.exit(failures == 0 ? 0 : 1);
    }

    private static boolean isDone(Kernel kernel) {
        return switch (kernel) {
            case Matmul _, Conv2d _, Conv2dInput _, Conv2dWeight _ -> false;
            default -> true;
        };
    }

    /// Bytes of [#RUNS] runs: the least that was seen until it was nothing or took too long.
    private static long settled(Runnable bound) {
        long start = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (least > 0 && System.nanoTime() - start < LIMIT_NANOS) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                bound.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
