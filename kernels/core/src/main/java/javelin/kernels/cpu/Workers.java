package javelin.kernels.cpu;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// A fixed number of threads that share the tasks of one kernel.
///
/// What a task computes depends on its number only, never on the thread or on how many there are:
/// results are bit-equal for any number of threads. The threads are daemons and keep no JVM alive;
/// one that is not needed for half a minute ends, so that an abandoned backend holds none.
///
/// There is one job at a time and one record for it, so running one allocates nothing. A helper
/// joins the open job by counting itself in `job` and takes tasks until none is left. The caller
/// does the same, then closes the job and waits for those that joined; a helper that wakes later
/// finds it closed.
public final class Workers {
    /// About 10 µs of scalar work: some ten times what waking a thread costs.
    private static final long OPERATIONS_PER_TASK = 1 << 15;

    /// How long a thread looks out before it sleeps: about what it costs to wake it.
    private static final long LOOKOUT_NANOS =
            Runtime.getRuntime().availableProcessors() > 1 ? 15_000 : 0;

    private static final long IDLE_NANOS = 30_000_000_000L;

    private static final int NUMBER_SHIFT = 32;
    private static final long CLOSED = 1L << 31;
    private static final long JOINED = CLOSED - 1;

    private final int threads;
    private final long idleNanos;

    /// Where they are missing or have ended, they are started when a job wants them.
    private final @Nullable Helper[] helpers;

    /// Whether the job and the helpers belong to a caller; the fields below are its own then.
    private final AtomicBoolean taken = new AtomicBoolean();

    /// Number of the job in the upper half; in the lower half whether it is closed, and how many
    /// helpers are in it.
    private final AtomicLong job = new AtomicLong(CLOSED);

    private int tasks;
    private @Nullable IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile @Nullable Thread sleepingCaller;

    /// Workers with `threads` threads in all, the calling one included.
    ///
    /// @throws IllegalArgumentException if `threads` is not positive
    public Workers(int threads) {
        this(threads, IDLE_NANOS);
    }

    /// Workers that end when they were not needed for that long.
    Workers(int threads, long idleNanos) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "threads: the number must be at least 1, got " + threads);
        }
        this.threads = threads;
        this.idleNanos = idleNanos;
        helpers = new Helper[threads - 1];
    }

    /// Number of threads, the calling one included.
    public int threads() {
        return threads;
    }

    /// Runs `body` for each number in `0 … tasks−1` and returns when all are done. A caller that
    /// finds the others at work, for another thread or for the task it is itself part of, does its
    /// tasks alone.
    ///
    /// When a task throws, no further ones are begun, and the caller gets what was thrown first.
    public void run(int tasks, IntConsumer body) {
        if (threads == 1 || tasks <= 1 || !taken.compareAndSet(false, true)) {
            for (int i = 0; i < tasks; i++) {
                body.accept(i);
            }
            return;
        }
        @Nullable Throwable thrown;
        try {
            open(tasks, body);
            share(tasks, body);
        } finally {
            close();
            this.body = null;
            thrown = failure.getAndSet(null);
            taken.set(false);
        }
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    private void open(int tasks, IntConsumer body) {
        this.tasks = tasks;
        this.body = body;
        next.set(0);
        long number = number(job.get()) + 1;
        job.set(number << NUMBER_SHIFT);
        int wanted = Math.min(threads, tasks) - 1;
        for (int i = 0; i < wanted; i++) {
            Helper helper = helpers[i];
            if (helper == null || helper.ended) {
                helpers[i] = new Helper(number - 1);
            } else if (helper.asleep) {
                LockSupport.unpark(helper.thread);
            }
        }
    }

    /// Takes tasks as long as there are any.
    private void share(int tasks, IntConsumer body) {
        try {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                body.accept(i);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(tasks);
        }
    }

    /// Lets nobody join any more and waits for the helpers inside.
    private void close() {
        if ((job.addAndGet(CLOSED) & JOINED) == 0) {
            return;
        }
        long start = System.nanoTime();
        while ((job.get() & JOINED) != 0) {
            if (System.nanoTime() - start >= LOOKOUT_NANOS) {
                sleepUntilLeft();
                return;
            }
            lookOut();
        }
    }

    private void sleepUntilLeft() {
        boolean interrupted = false;
        sleepingCaller = Thread.currentThread();
        while ((job.get() & JOINED) != 0) { // asked after `sleepingCaller` can be seen
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        sleepingCaller = null;
        if (interrupted) {
            Thread.currentThread().interrupt(); // the kernel is finished first
        }
    }

    /// A moment between two looks. On a busy machine a thread that does not yield stands in the way
    /// of the very one it waits for.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void lookOut() {
        Thread.yield();
    }

    private static long number(long job) {
        return job >>> NUMBER_SHIFT;
    }

    /// A thread besides the caller's.
    private final class Helper implements Runnable {
        private final Thread thread;
        private long seen;
        private volatile boolean asleep;
        private volatile boolean ended;

        /// Starts one that waits for the job after number `seen`.
        Helper(long seen) {
            this.seen = seen;
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("javelin-worker")
                            .inheritInheritableThreadLocals(false)
                            .start(this);
        }

        @Override
        public void run() {
            try {
                while (awaitJob()) {
                    seen = number(job.get());
                    if (join()) {
                        try {
                            share(tasks, Objects.requireNonNull(body));
                        } finally {
                            leave();
                        }
                    }
                }
            } finally {
                ended = true;
            }
        }

        /// Waits for a job not seen yet; false if there was none for too long.
        private boolean awaitJob() {
            long start = System.nanoTime();
            while (number(job.get()) == seen) {
                long waited = System.nanoTime() - start;
                if (waited > idleNanos) {
                    return false;
                }
                if (waited < LOOKOUT_NANOS) {
                    lookOut();
                } else {
                    sleep(idleNanos - waited);
                }
            }
            return true;
        }

        private void sleep(long nanos) {
            asleep = true;
            if (number(job.get()) == seen) { // asked after `asleep` can be seen
                LockSupport.parkNanos(Workers.this, nanos + 1);
            }
            asleep = false;
            var _ = Thread.interrupted(); // nobody should, and it means nothing here
        }

        private boolean join() {
            long now = job.get();
            while ((now & CLOSED) == 0) {
                if (job.compareAndSet(now, now + 1)) {
                    return true;
                }
                now = job.get();
            }
            return false;
        }

        private void leave() {
            long now = job.decrementAndGet();
            Thread caller = sleepingCaller;
            if ((now & JOINED) == 0 && caller != null) {
                LockSupport.unpark(caller);
            }
        }
    }

    /// Divides `0 … n−1` into pieces of `grain` (the last may be shorter) and runs `body` on each.
    /// Choose a grain that depends on the problem only.
    public void split(int n, int grain, Range body) {
        Work.split(n, grain, body).run(this);
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
}
