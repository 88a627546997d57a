package javelin.tensor.plan;

import java.lang.reflect.Method;

/// Counts the bytes that a thread allocates. By reflection, because the module does not read the
/// one that knows.
final class Allocation {
    /// The interpreter makes objects of vectors, and on a busy machine the compiler was seen to
    /// take half a minute.
    private static final long LIMIT_NANOS = 40_000_000_000L;

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
        long end = System.nanoTime() + LIMIT_NANOS;
        while (least >= calls && System.nanoTime() < end) { // the first warm up
            long before = (long) counter.invoke(threads);
            for (int i = 0; i < calls; i++) {
                work.run();
            }
            least = Math.min(least, (long) counter.invoke(threads) - before);
        }
        return least / calls; // the counter itself allocates less than a byte per call
    }
}
