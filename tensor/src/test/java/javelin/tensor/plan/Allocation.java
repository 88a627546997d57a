package javelin.tensor.plan;

import java.lang.reflect.Method;

/// Counts the bytes that a thread allocates. By reflection, because the module does not read the
/// one that knows.
final class Allocation {
    private Allocation() {}

    /// Bytes that this thread allocates per call, once code and caches have settled.
    static long perCall(Runnable work) throws ReflectiveOperationException {
        Object threads =
                Class.forName("java.lang.management.ManagementFactory")
                        .getMethod("getThreadMXBean")
                        .invoke(null);
        Method counter =
                Class.forName("com.sun.management.ThreadMXBean")
                        .getMethod("getCurrentThreadAllocatedBytes");
        int calls = 1000;
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 100 && least >= calls; attempt++) { // the first warm up
            long before = (long) counter.invoke(threads);
            for (int i = 0; i < calls; i++) {
                work.run();
            }
            least = Math.min(least, (long) counter.invoke(threads) - before);
        }
        return least / calls; // the counter itself allocates less than a byte per call
    }
}
