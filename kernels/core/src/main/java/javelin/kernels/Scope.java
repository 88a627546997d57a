package javelin.kernels;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A piece of work, such as a training step, whose results are not needed after it: their memory
/// serves the next one. A JVM zeroes new arrays, about 40 µs per MB; with a scope a steady loop
/// allocates none.
///
/// {@snippet :
/// try (var step = Scope.open()) {
///     Tensor loss = model.forward(x).mean();
///     optimizer.step(gradients(loss), rate);
/// }
/// }
///
/// A scope concerns what this thread computes while it is open, as results of ops on `cpu` and on
/// devices. Values that are needed after it are copied, or kept with [#keep]; whoever uses others
/// gets an exception. Scopes may be nested.
///
/// Free arrays of all scopes together hold at most a quarter of the largest heap, or what
/// `-Djavelin.pool` says in MB; what one scope needs beyond that is left to the garbage collector.
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private final @Nullable Scope outer;
    private final List<Lent> lent = new ArrayList<>();
    private long bytes;

    /// A buffer and how to take its memory.
    private record Lent(Buffer buffer, Runnable back) {}

    private Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /// Opens a scope on this thread.
    public static Scope open() {
        var scope = new Scope(CURRENT.get());
        CURRENT.set(scope);
        return scope;
    }

    /// Memory of any content: of the open scope, if there is one and the size is worth it, else
    /// new.
    static HostBuffer.Floats floats(int size) {
        Scope scope = CURRENT.get();
        if (scope == null || !ArrayPool.isWorthIt(size) || !ArrayPool.fits(scope.bytes)) {
            return new HostBuffer.Floats(new float[size]);
        }
        var buffer = new HostBuffer.Floats(ArrayPool.take(size));
        scope.lent.add(new Lent(buffer, () -> ArrayPool.give(buffer.release())));
        scope.bytes += 4L * size;
        return buffer;
    }

    /// Leaves a buffer to the open scope of this thread, if there is one: `back` takes its memory
    /// when the scope is closed. For backends with memory of their own.
    public static void adopt(Buffer buffer, Runnable back) {
        Scope scope = CURRENT.get();
        if (scope != null) {
            scope.lent.add(new Lent(buffer, back));
        }
    }

    /// Lets a buffer outlive this scope.
    public void keep(Buffer buffer) {
        lent.removeIf(l -> l.buffer().equals(buffer));
    }

    /// Takes back the memory of everything computed since it was opened, except what was kept.
    ///
    /// @throws IllegalStateException if another thread or a scope opened later is in the way
    @Override
    public void close() {
        if (CURRENT.get() != this) {
            throw new IllegalStateException(
                    "scope: close it on the thread that opened it, after all scopes opened later");
        }
        lent.forEach(l -> l.back().run());
        lent.clear();
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
