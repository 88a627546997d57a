package javelin.algorithms.fourierspi.stream;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A fixed number of blocks that go round between one producing and one consuming thread. Nothing
/// waits and nothing is allocated: a full ring gives the producer null, an empty one the consumer.
public final class Ring<B> {
    private final List<B> blocks;
    private final AtomicLong produced = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();

    /// A ring.
    ///
    /// @param size number of blocks
    /// @param block makes one
    public Ring(int size, Supplier<B> block) {
        blocks = Stream.generate(block).limit(size).toList();
    }

    /// A block to fill; null if all of them wait to be consumed.
    public @Nullable B free() {
        long at = produced.get();
        return at - consumed.get() == blocks.size() ? null : blocks.get(place(at));
    }

    /// Hands the block of [#free] over.
    public void publish() {
        produced.setRelease(produced.get() + 1);
    }

    /// The oldest block handed over; null if there is none.
    public @Nullable B next() {
        long at = consumed.get();
        return produced.getAcquire() == at ? null : blocks.get(place(at));
    }

    /// Gives the block of [#next] back.
    public void release() {
        consumed.setRelease(consumed.get() + 1);
    }

    private int place(long at) {
        return (int) (at % blocks.size());
    }
}
