package javelin.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Each task runs once, whoever calls and whatever happens in it.
@Timeout(60)
class WorkersTest {
    private static final int MOST_TASKS = 40;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void runsEachTaskOnce(int threads) {
        var workers = new Workers(threads);
        var random = new SplittableRandom(1);
        for (int job = 0; job < 20_000; job++) {
            runOnce(workers, random.nextInt(MOST_TASKS));
        }
    }

    private static void runOnce(Workers workers, int tasks) {
        var count = new AtomicIntegerArray(MOST_TASKS);
        workers.run(tasks, count::incrementAndGet);
        for (int i = 0; i < MOST_TASKS; i++) {
            assertThat(count.get(i)).isEqualTo(i < tasks ? 1 : 0);
        }
    }

    /// The result of a job can be seen by its caller and the state before it by its tasks, without
    /// any other means.
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void tasksSeeWhatCameBeforeAndTheCallerSeesThem(int threads) {
        var workers = new Workers(threads);
        long[] values = new long[MOST_TASKS * 16];
        for (int job = 1; job <= 50_000; job++) {
            workers.run(MOST_TASKS, i -> values[i * 16] += i + 1);
        }
        for (int i = 0; i < MOST_TASKS; i++) {
            assertThat(values[i * 16]).isEqualTo(50_000L * (i + 1));
        }
    }

    @Test
    void helpersTakeTasks() {
        var workers = new Workers(2);
        var both = new CountDownLatch(2);
        workers.run(2, _ -> awaitAll(both)); // would wait for ever in one thread
        assertThat(both.getCount()).isZero();
    }

    private static void awaitAll(CountDownLatch latch) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void callersDoNotDisturbEachOther(int threads) throws Exception {
        var workers = new Workers(threads);
        try (var callers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                var random = new SplittableRandom(caller);
                all.add(callers.submit(() -> hammer(workers, random)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /// Many short jobs of every kind.
    private static void hammer(Workers workers, SplittableRandom random) {
        for (int job = 0; job < 10_000; job++) {
            int tasks = 1 + random.nextInt(MOST_TASKS);
            switch (random.nextInt(4)) {
                case 0 -> failOnce(workers, tasks, random.nextInt(tasks));
                case 1 -> nest(workers, tasks);
                case 2 -> Thread.onSpinWait();
                default -> runOnce(workers, tasks);
            }
        }
    }

    private static void failOnce(Workers workers, int tasks, int which) {
        var count = new AtomicInteger();
        assertThatThrownBy(() ->
                        workers.run(
                                tasks,
                                i -> {
                                    count.incrementAndGet();
                                    if (i == which) {
                                        throw new ArithmeticException("task " + i);
                                    }
                                }))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("task " + which);
        assertThat(count.get()).isBetween(which + 1, tasks);
    }

    private static void nest(Workers workers, int tasks) {
        var count = new AtomicInteger();
        workers.run(tasks, _ -> workers.run(3, _ -> count.incrementAndGet()));
        assertThat(count.get()).isEqualTo(3 * tasks);
    }

    @Test
    void errorsReachTheCallerFromAnyThread() {
        var workers = new Workers(2);
        var caller = Thread.currentThread();
        for (boolean helper : new boolean[] {false, true}) {
            var both = new CountDownLatch(2);
            assertThatThrownBy(() ->
                            workers.run(
                                    2,
                                    _ -> {
                                        awaitAll(both);
                                        if (helper != (Thread.currentThread() == caller)) {
                                            throw new AssertionError("helper " + helper);
                                        }
                                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("helper " + helper);
            runOnce(workers, MOST_TASKS);
        }
    }

    @Test
    void interruptedCallersFinishAndStayInterrupted() {
        var workers = new Workers(2);
        for (int job = 0; job < 100; job++) {
            Thread.currentThread().interrupt();
            runOnce(workers, MOST_TASKS);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void idleThreadsEndAndAreStartedAgain() throws InterruptedException {
        var workers = new Workers(2, 2_000_000);
        Set<Thread> helpers = ConcurrentHashMap.newKeySet();
        for (int job = 0; job < 5; job++) {
            var both = new CountDownLatch(2);
            workers.run(
                    2,
                    _ -> {
                        helpers.add(Thread.currentThread());
                        awaitAll(both);
                    });
            for (Thread t : helpers) {
                if (t != Thread.currentThread()) {
                    assertThat(t.isDaemon()).isTrue();
                    t.join();
                }
            }
        }
        assertThat(helpers).hasSize(6);
    }

    /// Jobs that come just when the threads are about to sleep or to end.
    @Test
    void jobsMayComeAtAnyTime() {
        var workers = new Workers(3, 60_000);
        var random = new SplittableRandom(3);
        for (int job = 0; job < 20_000; job++) {
            long until = System.nanoTime() + random.nextInt(100_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            runOnce(workers, 1 + random.nextInt(4));
        }
    }

    @Test
    void needsAThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workers(0))
                .withMessageContaining("at least 1, got 0");
    }
}
