package javelin.bench.peers;

import javelin.bench.KernelCase;
import javelin.bench.network.NetworkCase;
import javelin.bench.train.TrainCase;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// Javelin as one of the contenders.
final class Ours implements Contender {
    private final Supplier<Object> work;
    private final Supplier<float[]> values;
    private @Nullable Object last; // keeps the compiler from leaving the work out

    private Ours(Supplier<Object> work, Supplier<float[]> values) {
        this.work = work;
        this.values = values;
    }

    static Ours of(KernelCase kernel) {
        return new Ours(kernel::run, kernel::result);
    }

    static Ours of(NetworkCase network) {
        return new Ours(network::run, network::run);
    }

    static Ours of(TrainCase training) {
        return new Ours(training::step, () -> new float[] {(float) training.step()});
    }

    @Override
    public void run() {
        last = work.get();
    }

    @Override
    public float[] result() {
        return values.get();
    }

    @Override
    public boolean isCompiledAtRunTime() {
        return true;
    }

    @Override
    public String toString() {
        return "ours, last result " + last;
    }
}
