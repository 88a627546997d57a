package javelin.bench.peers;

import javelin.bench.KernelCase;
import javelin.bench.KernelProblem;
import javelin.bench.Suite;
import javelin.bench.network.NetworkCase;
import javelin.bench.network.NetworkProblem;
import javelin.bench.train.TrainCase;
import javelin.bench.train.TrainProblem;

import org.jspecify.annotations.Nullable;

/// Another library. Implementations are found by [java.util.ServiceLoader]; they are in the Maven
/// profile `peers` only.
///
/// Each method returns null if the library has no such function.
public interface Peer {
    /// Name in reports, for instance `pytorch`.
    String name();

    /// Whether it takes part in this suite. It is loaded for these only: native libraries of one
    /// process get into each other's way, as two with functions of the same names do.
    boolean knows(Suite suite);

    /// Loads the library and sets its number of threads. Called once, before anything else.
    ///
    /// @throws LinkageError or [RuntimeException] if the library does not load here
    void open(int threads);

    /// A kernel on the inputs of `ours`.
    default @Nullable Contender kernel(KernelProblem problem, KernelCase ours) {
        return null;
    }

    /// A forward pass with the weights and images of `ours`.
    default @Nullable Contender network(NetworkProblem problem, NetworkCase ours) {
        return null;
    }

    /// Training from the weights and on the batch of `ours`, before its first step.
    default @Nullable Contender train(TrainProblem problem, TrainCase ours) {
        return null;
    }
}
