package javelin.bench.peers;

/// One library's way to solve a problem, with its own copies of the operands, ready to run.
public interface Contender extends AutoCloseable {
    /// Computes once; returns when the result is complete.
    void run();

    /// Computes once and returns the result in our layout: images `[n, h, w, c]`, filters `[kh, kw,
    /// c/groups, o]`, for a training step the loss before it.
    float[] result();

    /// Whether it is Java, which the JIT has to compile first.
    default boolean isCompiledAtRunTime() {
        return false;
    }

    /// Gives native memory back.
    @Override
    default void close() {}
}
