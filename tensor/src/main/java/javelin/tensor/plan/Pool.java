package javelin.tensor.plan;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/// Things that are lent to one thread at a time. Neither lending nor taking back allocates or
/// waits, unless a new thing has to be made.
final class Pool<T> {
    private final AtomicReferenceArray<T> idle;
    private final Supplier<T> maker;

    /// An empty pool.
    ///
    /// @param kept idle things that are kept at most
    Pool(int kept, Supplier<T> maker) {
        idle = new AtomicReferenceArray<>(kept);
        this.maker = maker;
    }

    /// An idle thing, or a new one.
    T borrow() {
        for (int i = 0; i < idle.length(); i++) {
            T found = idle.get(i) == null ? null : idle.getAndSet(i, null);
            if (found != null) {
                return found;
            }
        }
        return maker.get();
    }

    /// Takes a thing back that was lent.
    void giveBack(T thing) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.compareAndSet(i, null, thing)) {
                return;
            }
        }
    }
}
