package javelin.bench.peers;

import javelin.bench.Statistics;

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
/// @param warmNanos least time of calls before the first visit
/// @param pauseMillis wait before a visit, so that the threads of the library before have gone to
///   sleep; 0 for one thread
record AlternatingTimer(int rounds, long visitNanos, long warmNanos, long pauseMillis) {
    private static final long SHORTEST_NANOS = 50_000;
    private static final int LEAST_CALLS = 2;

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

    /// Calls until the compilers are done; returns how many calls to time at once.
    private int warm(Contender contender) {
        long begin = System.nanoTime();
        double shortest = Double.POSITIVE_INFINITY;
        for (int calls = 0; calls < LEAST_CALLS || System.nanoTime() - begin < warmNanos; calls++) {
            shortest = Math.min(shortest, call(contender, 1));
        }
        return (int) Math.max(1, Math.ceil(SHORTEST_NANOS / shortest));
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
