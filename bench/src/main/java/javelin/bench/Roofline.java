package javelin.bench;

import javelin.kernels.cpu.Simd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Limits of this machine, measured here and now with the same number of threads as the benchmark.
///
/// @param threads number of threads
/// @param gflops 10⁹ operations per second of all threads together, fused multiply-adds in
///   registers
/// @param gflopsPerCore the same of one thread alone
/// @param cacheGigabytes 10⁹ bytes per second of all threads, `z = x + a·y` on arrays that fit half
///   of the second-level cache
/// @param memoryGigabytes the same on arrays that exceed the last cache four times
public record Roofline(
        int threads,
        double gflops,
        double gflopsPerCore,
        double cacheGigabytes,
        double memoryGigabytes) {
    private static final int STEPS = 2_000_000;
    private static final int ROUNDS = 9;

    /// Limits that are not known: without vectors nothing here measures them.
    public static Roofline unknown(int threads) {
        return new Roofline(threads, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /// Measures, in about two seconds.
    ///
    /// @throws IllegalStateException if the JVM has no vector module
    public static Roofline measure(int threads) {
        if (!Simd.isAvailable()) {
            throw new IllegalStateException("roofline: no SIMD here: " + Simd.state());
        }
        double cache = bandwidth(threads, (int) (Machine.secondLevelCache() / 2 / 12), 2000);
        double memory = bandwidth(threads, (int) (4 * Machine.lastLevelCache() / 12 / threads), 1);
        double core = peak(1);
        return new Roofline(threads, threads == 1 ? core : peak(threads), core, cache, memory);
    }

    /// The least time that work can take, in milliseconds: what arithmetic or memory needs,
    /// whichever is more. Operands that fit the last cache and are warm are limited by the cache.
    public double bestMs(Work work, Mode mode) {
        boolean near = mode != Mode.COLD_ALL && work.bytes() <= Machine.lastLevelCache();
        double bandwidth = near ? cacheGigabytes : memoryGigabytes;
        return Math.max(work.flops() / gflops, work.bytes() / bandwidth) / 1e6;
    }

    /// As fields of a report.
    public Map<String, Object> fields() {
        var all = new LinkedHashMap<String, Object>();
        all.put("threads", threads);
        all.put("gflops", Statistics.round(gflops, 4));
        all.put("gflops_per_core", Statistics.round(gflopsPerCore, 4));
        all.put("cache_gb_per_s", Statistics.round(cacheGigabytes, 4));
        all.put("memory_gb_per_s", Statistics.round(memoryGigabytes, 4));
        return all;
    }

    @Override
    public String toString() {
        if (Double.isNaN(gflops)) {
            return "limits unknown without SIMD, %d thread%s"
                    .formatted(threads, threads == 1 ? "" : "s");
        }
        return "%.1f GFLOP/s (%.1f per core), caches %.1f GB/s, memory %.1f GB/s, %d thread%s"
                .formatted(
                        gflops,
                        gflopsPerCore,
                        cacheGigabytes,
                        memoryGigabytes,
                        threads,
                        threads == 1 ? "" : "s");
    }

    private static double peak(int threads) {
        float[] sink = new float[threads];
        double seconds =
                best(
                        threads,
                        t -> sink[t] = RooflineSimd.multiplyAdd(STEPS, 0.5f + sink[t] / 1e9f));
        return threads * STEPS * RooflineSimd.flopsPerStep() / seconds / 1e9;
    }

    private static double bandwidth(int threads, int elements, int repeats) {
        float[][][] arrays = new float[threads][3][elements];
        double seconds =
                best(
                        threads,
                        t -> {
                            float[][] a = arrays[t];
                            for (int r = 0; r < repeats; r++) {
                                RooflineSimd.triad(a[0], a[1], a[2], 0, elements, 0.5f);
                            }
                        });
        return 12.0 * threads * repeats * elements / seconds / 1e9;
    }

    /// Work of one thread.
    private interface Body {
        void run(int thread);
    }

    private static double best(int threads, Body body) {
        double best = Double.POSITIVE_INFINITY;
        for (int r = 0; r < ROUNDS; r++) {
            best = Math.min(best, together(threads, body));
        }
        return best;
    }

    /// Seconds from the common start to the end of the last thread.
    private static double together(int threads, Body body) {
        var start = new CountDownLatch(1);
        Thread[] pool = new Thread[threads - 1];
        for (int i = 0; i < pool.length; i++) {
            int number = i + 1;
            pool[i] =
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                await(start);
                                body.run(number);
                            });
        }
        long begin = System.nanoTime();
        start.countDown();
        body.run(0);
        for (Thread t : pool) {
            join(t);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("roofline: interrupted", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("roofline: interrupted", e);
        }
    }
}
