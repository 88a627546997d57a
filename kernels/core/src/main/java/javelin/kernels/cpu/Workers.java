package javelin.kernels.cpu;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/// A fixed number of threads that share the tasks of one kernel.
///
/// What a task computes depends on its number only, never on the thread or on how many there are:
/// results are bit-equal for any number of threads. The threads are daemons and keep no JVM alive.
public final class Workers {
    private static final ScopedValue<Boolean> INSIDE = ScopedValue.newInstance();

    /// About 10 µs of scalar work: some ten times what waking a thread costs.
    private static final long OPERATIONS_PER_TASK = 1 << 15;

    private static final int IDLE_SECONDS = 30;

    private final int threads;
    private final @Nullable ExecutorService pool;

    /// Workers with `threads` threads in all, the calling one included.
    ///
    /// @throws IllegalArgumentException if `threads` is not positive
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "threads: the number must be at least 1, got " + threads);
        }
        this.threads = threads;
        this.pool = threads == 1 ? null : pool(threads - 1);
    }

    /// Threads that are not needed for a while end, so that an abandoned backend holds none.
    private static ExecutorService pool(int threads) {
        var pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread t = new Thread(task, "javelin-worker");
                            t.setDaemon(true);
                            return t;
                        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Number of threads, the calling one included.
    public int threads() {
        return threads;
    }

    /// Runs `body` for each number in `0 … tasks−1` and returns when all are done. A task that asks
    /// for workers itself runs its share alone.
    public void run(int tasks, IntConsumer body) {
        if (pool == null || tasks <= 1 || INSIDE.isBound()) {
            for (int i = 0; i < tasks; i++) {
                body.accept(i);
            }
            return;
        }
        var next = new AtomicInteger();
        var failure = new AtomicReference<@Nullable Throwable>();
        int helpers = Math.min(threads, tasks) - 1;
        var done = new CountDownLatch(helpers);
        Runnable share =
                () -> {
                    for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                        body.accept(i);
                    }
                };
        for (int h = 0; h < helpers; h++) {
            pool.execute(() -> {
                try {
                    ScopedValue.where(INSIDE, true).run(share);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.countDown();
                }
            });
        }
        try {
            ScopedValue.where(INSIDE, true).run(share);
        } finally {
            awaitUninterruptibly(done);
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable t -> throw new IllegalStateException(t);
        }
    }

    /// Divides `0 … n−1` into pieces of `grain` (the last may be shorter) and runs `body` on each.
    /// Choose a grain that depends on the problem only.
    public void split(int n, int grain, Range body) {
        int tasks = (int) (((long) n + grain - 1) / grain);
        run(tasks, t -> body.run(t * grain, Math.min(n, t * grain + grain)));
    }

    /// Items per piece so that one piece is worth handing to another thread.
    ///
    /// @param operations arithmetic operations of one item
    public static int grain(long operations) {
        return (int) Math.max(1, OPERATIONS_PER_TASK / Math.max(1, operations));
    }

    /// Work on positions `from` (inclusive) to `to` (exclusive).
    @FunctionalInterface
    public interface Range {
        /// Does the work.
        void run(int from, int to);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true; // the kernel is finished first; the caller sees the flag after
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
