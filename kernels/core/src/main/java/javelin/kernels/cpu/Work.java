package javelin.kernels.cpu;

import java.util.function.IntConsumer;

/// What a kernel does on given memory: numbered tasks, in one or more steps. Made once, it can be
/// run any number of times, by one thread at a time; values are read when it runs, never when it is
/// made.
@FunctionalInterface
public interface Work {
    /// Nothing to do.
    Work NONE = workers -> {};

    /// Does the work and returns when all of it is done.
    void run(Workers workers);

    /// Runs `body` for each number in `0 … tasks−1`.
    static Work of(int tasks, IntConsumer body) {
        return workers -> workers.run(tasks, body);
    }

    /// Divides `0 … n−1` into pieces of `grain` and runs `body` on each; see [Workers#split].
    static Work split(int n, int grain, Workers.Range body) {
        int tasks = (int) (((long) n + grain - 1) / grain);
        return of(tasks, t -> body.run(t * grain, Math.min(n, t * grain + grain)));
    }

    /// The same, followed by other work.
    default Work then(Work next) {
        return workers -> {
            run(workers);
            next.run(workers);
        };
    }
}
