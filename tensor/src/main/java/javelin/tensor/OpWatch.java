package javelin.tensor;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/// Told of every op that runs in a piece of work, backward passes included: for finding where a
/// number went wrong, and for measuring time per op.
///
/// ```java
/// OpWatch.during((op, inputs, result, nanos) -> System.out.println(op.name()), () -> model.forward(x));
/// ```
@FunctionalInterface
public interface OpWatch {
    /// An op has run.
    ///
    /// @param nanos time of [Op#forward] in nanoseconds; a backend that only starts work there and
    ///   finishes it later is not waited for
    void ran(Op op, List<Tensor> inputs, Tensor result, long nanos);

    /// Runs `work` on this thread and tells `watch` of its ops. An inner watch takes the place of
    /// an outer one.
    static <T> T during(OpWatch watch, Supplier<T> work) {
        return ScopedValue.where(Current.WATCH, watch).call(work::get);
    }

    /// The watch of this thread; null if nobody watches.
    static @Nullable OpWatch current() {
        return Current.WATCH.isBound() ? Current.WATCH.get() : null;
    }

    /// Holds the scoped value, which an interface could hold only as a public constant.
    final class Current {
        private static final ScopedValue<OpWatch> WATCH = ScopedValue.newInstance();

        private Current() {}
    }
}
