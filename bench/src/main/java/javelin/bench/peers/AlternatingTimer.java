package javelin.bench.peers;

import javelin.bench.Statistics;

import org.jspecify.annotations.Nullable;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Times several ways to do the same thing in turns, A B C A B C …, so that whatever else the
/// machine does meets all of them alike.
///
/// One visit calls a contender again and again for a while and keeps the shortest time; the result
/// is the median over the rounds. Calls shorter than [#SHORTEST_NANOS] are timed several at once.
///
/// @param rounds how often each is visited
/// @param visitNanos least time of a visit
/// @param warmNanos time of calls before the first visit, for libraries that are compiled already
/// @param pauseMillis wait before a visit, so that the threads of the library before have gone to
///   sleep; 0 for one thread
record AlternatingTimer(int rounds, long visitNanos, long warmNanos, long pauseMillis) {
    private static final long SHORTEST_NANOS = 50_000;
    private static final int LEAST_CALLS = 2;

    /// Calls after which the JIT has seen enough of a method.
    private static final int WARM_CALLS = 20_000;

    /// How many times [#warmNanos] are enough even if the JIT has seen fewer, or is not done.
    private static final int WARM_LIMIT = 10;

    private static final @Nullable CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

    /// The usual measurement, about a second per contender and problem.
    static AlternatingTimer full(int threads) {
        return new AlternatingTimer(7, 60_000_000, 300_000_000, pause(threads));
    }

    /// A first answer.
    static AlternatingTimer quick(int threads) {
        return new AlternatingTimer(3, 8_000_000, 40_000_000, pause(threads));
    }

    /// The same with another time of warming.
    AlternatingTimer warming(long nanos) {
        return new AlternatingTimer(rounds, visitNanos, Math.max(nanos, warmNanos), pauseMillis);
    }

    private static long pause(int threads) {
        return threads == 1 ? 0 : 3;
    }

    /// Milliseconds per call of each contender.
    List<Double> time(List<? extends Contender> contenders) {
        List<List<Double>> best = new ArrayList<>();
        int[] batch = new int[contenders.size()];
        for (int i = 0; i < batch.length; i++) {
            best.add(new ArrayList<>());
            batch[i] = warm(contenders.get(i));
        }
        for (int r = 0; r < rounds; r++) {
            for (int i = 0; i < batch.length; i++) {
                best.get(i).add(visit(contenders.get(i), batch[i]));
            }
        }
        return best.stream().map(Statistics::median).toList();
    }

    /// Calls for a while; what is compiled at run time until the JIT is done: until it has seen
    /// many calls and has had nothing to do for that while. A vector loop that is not compiled yet
    /// runs a thousand times slower. Returns how many calls to time at once.
    private int warm(Contender contender) {
        long begin = System.nanoTime();
        long busy = begin; // when the JIT was last seen at work
        long compiled = compileMillis();
        long enough = contender.isCompiledAtRunTime() ? WARM_LIMIT * warmNanos : warmNanos;
        double shortest = Double.POSITIVE_INFINITY;
        for (long calls = 0; ; calls++) {
            long now = System.nanoTime();
            boolean done = calls >= WARM_CALLS && now - busy > warmNanos;
            if (calls >= LEAST_CALLS && (done || now - begin > enough)) {
                return (int) Math.max(1, Math.ceil(SHORTEST_NANOS / shortest));
            }
            shortest = Math.min(shortest, call(contender, 1));
            if (calls % 64 == 0 || shortest > SHORTEST_NANOS) {
                long millis = compileMillis();
                busy = millis == compiled ? busy : now;
                compiled = millis;
            }
        }
    }

    private static long compileMillis() {
        return JIT == null || !JIT.isCompilationTimeMonitoringSupported()
                ? 0
                : JIT.getTotalCompilationTime();
    }

    private double visit(Contender contender, int batch) {
        rest();
        long begin = System.nanoTime();
        double best = Double.POSITIVE_INFINITY;
        for (int calls = 0;
                calls < LEAST_CALLS || System.nanoTime() - begin < visitNanos;
                calls++) {
            best = Math.min(best, call(contender, batch));
        }
        return best / 1e6;
    }

    private void rest() {
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            throw new IllegalStateException("peers: interrupted", e);
        }
    }

    /// Nanoseconds per call.
    private static double call(Contender contender, int batch) {
        long begin = System.nanoTime();
        for (int i = 0; i < batch; i++) {
            contender.run();
        }
        return (double) (System.nanoTime() - begin) / batch;
    }
}
